package dev.keyway.core.limit;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a node that is one of several: it spends units that a {@link UnitStore} grants, and
 * asks for more before they run out.
 *
 * <p>A request that finds units in hand takes the locks of its counters, reads the clock once and
 * counts down. Asking is done by one thread, for all that want something at once; requests that
 * find nothing in hand wait for it, off the event loop.
 */
public final class SharedLimiter implements NodeLimiter {
  /** How long a request waits for units. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Claims sent at once: few enough that a script does not hold up the others noticeably. */
  private static final int MOST_CLAIMS = 64;

  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final long LEFTOVERS_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SILENCE_NANOS = Duration.ofMillis(900).toNanos();

  private final UnitStore store;
  private final LongSupplier nanos;
  private final Runnable wake;
  private final Runnable forgetting;
  private final String node;
  private final ConcurrentHashMap<CountedSubject, SharedCounter> counters =
      new ConcurrentHashMap<>();
  private final Queue<SharedCounter> asking = new ConcurrentLinkedQueue<>();
  private final AtomicLong made = new AtomicLong();
  private final Object rounds = new Object();
  private final LongAdder calls = new LongAdder();
  private final LongAdder claims = new LongAdder();
  private final LongAdder granted = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private long round;
  private long lookedAtNanos;
  private long askedAtNanos;
  private volatile boolean isOpen;

  /**
   * A limiter that admits nothing until it is told to {@link #begin}.
   *
   * @param nanos a clock that is never set
   * @param wake has {@link #writeDue} called soon; must not block
   * @param forgetting has the store forget what it does not forget by itself
   * @param node a name of this run of this node, never given twice
   */
  public SharedLimiter(
      UnitStore store, LongSupplier nanos, Runnable wake, Runnable forgetting, String node) {
    this.store = store;
    this.nanos = nanos;
    this.wake = wake;
    this.forgetting = forgetting;
    this.node = node;
    this.lookedAtNanos = nanos.getAsLong();
    this.askedAtNanos = lookedAtNanos - SILENCE_NANOS;
  }

  @Override
  public void begin() {
    isOpen = true;
  }

  @Override
  public @Nullable LimitState acquireIfReady(Charge charge, LimitedCaller caller) {
    if (!isOpen) {
      return null;
    }
    SharedCounters mine = countersOf(caller, charge.limits());
    return mine.isEmpty() ? UNLIMITED : mine.acquire(charge.cost(), nanos, this::enqueue);
  }

  @Override
  public LimitState acquire(Charge charge, LimitedCaller caller) {
    long giveUpAt = nanos.getAsLong() + PATIENCE.toNanos();
    while (true) {
      long seen = round();
      LimitState state = acquireIfReady(charge, caller);
      if (state != null) {
        return state;
      }
      if (!isOpen) {
        throw new UnavailableException("The node is starting or stopping.", null);
      }
      switch (countersOf(caller, charge.limits()).turn(charge.cost(), nanos.getAsLong())) {
        case CLOSED -> forget(charge, caller);
        case UNKNOWN ->
            throw new UnavailableException("Nobody can tell what the limits have left.", null);
        case ASKED -> awaitRound(seen, giveUpAt);
      }
    }
  }

  /** Asks the store for what is wanted, and gives back what is left over. */
  @Override
  public void writeDue() {
    if (!isOpen) {
      return;
    }
    long now = nanos.getAsLong();
    if (now - lookedAtNanos >= LEFTOVERS_NANOS) {
      lookedAtNanos = now;
      counters.values().stream().filter(some -> some.hasLeftovers(now)).forEach(asking::add);
    }
    do {
      List<SharedCounter> asked = nextAsked();
      // With nothing to ask, the store is to hear of this node all the same.
      if (!asked.isEmpty() || now - askedAtNanos >= SILENCE_NANOS) {
        ask(asked);
      }
    } while (!asking.isEmpty());
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

  @Override
  public void dropIdle() {
    long now = nanos.getAsLong();
    counters.forEach((subject, counter) -> {
      if (counter.closeIfIdle(now, IDLE.toNanos())) {
        counters.remove(subject, counter);
      }
    });
  }

  @Override
  public void forgetWritten() {
    forgetting.run();
  }

  @Override
  public int size() {
    return counters.size();
  }

  /** How often the store was asked. */
  public long calls() {
    return calls.sum();
  }

  /** How many counters it was asked about. */
  public long claims() {
    return claims.sum();
  }

  /** How many units it granted. */
  public long granted() {
    return granted.sum();
  }

  /** How often it did not answer. */
  public long failures() {
    return failures.sum();
  }

  /** How many units are in hand, of all counters. */
  public long inHand() {
    long now = nanos.getAsLong();
    return counters.values().stream().mapToLong(some -> some.inHandNow(now)).sum();
  }

  /** Admits nothing more and gives back what is in hand. */
  @Override
  public void close() {
    isOpen = false;
    long now = nanos.getAsLong();
    List<Claim> back = new ArrayList<>();
    for (SharedCounter counter : counters.values()) {
      if (counter.inHandNow(now) > 0) {
        back.add(counter.close(now));
      }
    }
    try {
      for (int i = 0; i < back.size(); i += MOST_CLAIMS) {
        store.claim(back.subList(i, Math.min(back.size(), i + MOST_CLAIMS)));
      }
    } finally {
      store.close();
    }
  }

  private void enqueue(SharedCounter counter) {
    asking.add(counter);
    wake.run();
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
      nextRound();
    }
  }

  private long round() {
    synchronized (rounds) {
      return round;
    }
  }

  private void nextRound() {
    synchronized (rounds) {
      round++;
      rounds.notifyAll();
    }
  }

  private void awaitRound(long seen, long giveUpAt) {
    synchronized (rounds) {
      try {
        while (round == seen) {
          long left = giveUpAt - nanos.getAsLong();
          if (left <= 0) {
            throw new UnavailableException(
                "The store of the limits does not answer in time.", null);
          }
          rounds.wait(1 + left / 1_000_000);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnavailableException("Interrupted while waiting for a limit.", e);
      }
    }
    if (nanos.getAsLong() - giveUpAt >= 0) {
      throw new UnavailableException("Others take what the limits have left.", null);
    }
  }

  private void forget(Charge charge, LimitedCaller caller) {
    for (SharedCounter counter : countersOf(caller, charge.limits()).each()) {
      if (counter.isClosed()) {
        counters.remove(counter.subject(), counter);
      }
    }
    caller.forgetCounters();
  }

  private SharedCounters countersOf(LimitedCaller caller, LimitSet set) {
    // A caller of this node has met no other limiter.
    return caller.remembered(set) instanceof SharedCounters remembered
        ? remembered
        : resolve(caller, set);
  }

  private SharedCounters resolve(LimitedCaller caller, LimitSet set) {
    LimitTerms terms = set.on(caller.plan());
    var each = new SharedCounter[terms.size()];
    for (int i = 0; i < each.length; i++) {
      RateLimit limit = terms.limit(i);
      var subject = new CountedSubject(limit.name(), limit.by(), caller.idOf(limit.by()));
      each[i] =
          counters.computeIfAbsent(
              subject,
              _ ->
                  new SharedCounter(
                      limit, subject, node, made.incrementAndGet(), nanos.getAsLong()));
    }
    var resolved = new SharedCounters(set, terms, each, caller.remembered());
    caller.remember(resolved);
    return resolved;
  }
}
