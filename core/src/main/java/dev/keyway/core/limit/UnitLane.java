package dev.keyway.core.limit;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The counters that want something of one store, and the asking: one call at a time. */
final class UnitLane {
  /** Claims sent at once: few enough that a script does not hold up the others noticeably. */
  private static final int MOST_CLAIMS = 64;

  private static final long LEFTOVERS_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SILENCE_NANOS = Duration.ofMillis(900).toNanos();

  private final UnitStore store;
  private final LongSupplier nanos;
  private final Runnable answered;
  private final Queue<SharedCounter> asking = new ConcurrentLinkedQueue<>();
  private final LongAdder calls = new LongAdder();
  private final LongAdder claims = new LongAdder();
  private final LongAdder granted = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private long lookedAtNanos;
  private long askedAtNanos;
  private boolean isClosed;

  /**
   * A lane in which nobody has asked yet.
   *
   * @param answered is told of each call that is over, whether it was answered or not
   */
  UnitLane(UnitStore store, LongSupplier nanos, Runnable answered) {
    this.store = store;
    this.nanos = nanos;
    this.answered = answered;
    this.lookedAtNanos = nanos.getAsLong();
    this.askedAtNanos = lookedAtNanos - SILENCE_NANOS;
  }

  /** Has a counter take part in the next call. */
  void add(SharedCounter counter) {
    asking.add(counter);
  }

  /**
   * Asks the store for what is wanted, and gives back what is left over.
   *
   * @param all every counter of this lane
   */
  synchronized void writeDue(Stream<SharedCounter> all) {
    if (isClosed) {
      return;
    }
    long now = nanos.getAsLong();
    if (now - lookedAtNanos >= LEFTOVERS_NANOS) {
      lookedAtNanos = now;
      all.filter(some -> some.hasLeftovers(now)).forEach(asking::add);
    }
    do {
      List<SharedCounter> asked = nextAsked();
      // With nothing to ask, the store is to hear of this node all the same.
      if (!asked.isEmpty() || now - askedAtNanos >= SILENCE_NANOS) {
        ask(asked);
      }
    } while (!asking.isEmpty());
  }

  /** Gives back what all its counters have in hand, and asks nothing any more. */
  synchronized void close(Stream<SharedCounter> all) {
    if (isClosed) {
      return;
    }
    isClosed = true;
    long now = nanos.getAsLong();
    List<Claim> back =
        all.filter(some -> some.inHandNow(now) > 0).map(some -> some.close(now)).toList();
    try {
      for (int i = 0; i < back.size(); i += MOST_CLAIMS) {
        store.claim(back.subList(i, Math.min(back.size(), i + MOST_CLAIMS)));
      }
    } finally {
      store.close();
    }
  }

  long calls() {
    return calls.sum();
  }

  long claims() {
    return claims.sum();
  }

  long granted() {
    return granted.sum();
  }

  long failures() {
    return failures.sum();
  }

  private List<SharedCounter> nextAsked() {
    List<SharedCounter> asked = new ArrayList<>();
    while (asked.size() < MOST_CLAIMS) {
      SharedCounter next = asking.poll();
      if (next == null) {
        break;
      }
      asked.add(next);
    }
    return asked;
  }

  private void ask(List<SharedCounter> asked) {
    long sentAt = nanos.getAsLong();
    askedAtNanos = sentAt;
    List<Claim> sent = asked.stream().map(some -> some.claim(sentAt)).toList();
    calls.increment();
    claims.add(sent.size());
    try {
      List<Grant> grants = store.claim(sent);
      long now = nanos.getAsLong();
      for (int i = 0; i < sent.size(); i++) {
        asked.get(i).answered(sent.get(i), grants.get(i), sentAt, now);
        granted.add(grants.get(i).units());
      }
    } catch (UnavailableException e) {
      failures.increment();
      long now = nanos.getAsLong();
      asked.forEach(some -> some.unanswered(now));
      throw e;
    } finally {
      answered.run();
    }
  }
}
