package dev.keyway.core.limit;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.Counter.Unwritten;
import dev.keyway.core.limit.WindowStore.Entry;
import dev.keyway.core.limit.WindowStore.Passed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a node's counters have in the store: reads them in when they are first used, writes down
 * what they admit, and keeps both in step with the clock on the wall.
 *
 * <p>One write is under way at a time. Whoever needs one waits for the lock, and mostly finds then
 * that another's has served it as well.
 */
final class WindowBooks {
  /** A change of the wall clock from which on it counts as set. */
  static final long TOLERANCE_MILLIS = 100;

  /** How much longer written admissions count: unnoticed changes of the clock, and rounding. */
  static final long MARGIN_MILLIS = TOLERANCE_MILLIS + 5;

  /** Entries written at once: few enough that no revoke waits noticeably behind them. */
  private static final int CHUNK = 500;

  /** How long a request waits for another's write: disks stall, and others need its place. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final WindowStore store;
  private final NodeClock clock;
  private final LimitEvents events;
  private final Queue<Counter> due = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

  private volatile boolean open;
  private boolean begun;
  private volatile long begunAtMillis;
  private volatile long attempts;
  private long failedAttempt;
  private @Nullable UnavailableException failure;
  private volatile long epochAtZero;
  private boolean epochKept;
  private final AtomicLong clockSettings = new AtomicLong();

  WindowBooks(WindowStore store, NodeClock clock, LimitEvents events) {
    this.store = store;
    this.clock = clock;
    this.events = events;
  }

  long millis() {
    return clock.millis();
  }

  /** The time of the wall clock at an instant of this node's, as far as was noticed. */
  long epochMillis(long millis) {
    return millis + epochAtZero;
  }

  long begunAtMillis() {
    return begunAtMillis;
  }

  /** Whether anything may be admitted now. */
  boolean isOpen() {
    return open;
  }

  /** How often the wall clock was set while the node ran. */
  long clockSettings() {
    return clockSettings.get();
  }

  void begin() {
    writing.lock();
    try {
      epochAtZero = clock.epochAtZero();
      long now = clock.millis();
      boolean inOrder = store.begin(now, epochAtZero);
      epochKept = true;
      begunAtMillis = now;
      begun = true;
      open = true;
      if (!inOrder) {
        events.lastRunBrokeOff();
      }
    } finally {
      writing.unlock();
    }
  }

  /** Puts a counter into the next write. */
  void add(Counter counter) {
    due.add(counter);
  }

  /** Asks for a write soon. */
  void callForWrite() {
    events.due();
  }

  /**
   * Has a counter know all that it needs to admit or refuse.
   *
   * @param usualReserve that of the number which is allowed now
   */
  void makeReady(Counter counter, int cost, int usualReserve) {
    requireOpen();
    if (counter.isComplete()) {
      makeReserve(counter, cost, usualReserve);
      return;
    }
    switch (counter) {
      case RollingWindow window -> read(window);
      case Quota quota -> quota.complete(store.quota(quota.subject()).orElse(null));
    }
  }

  /** Writes down what is due. */
  void writeDue() {
    writing.lock();
    try {
      if (open) {
        writeDueNow();
      }
    } finally {
      writing.unlock();
    }
  }

  void forget() {
    // Before the beginning the store's times are not of this node's clock.
    if (open) {
      store.forget(clock.millis());
    }
  }

  /** Admits nothing more, writes down everything, and says so in the store; may be repeated. */
  void end(Collection<Counter> counters) {
    writing.lock();
    try {
      if (begun) {
        // Whoever admits looks at this under the counter's lock, and the counters are gone through
        // afterwards: nothing is admitted that is not written.
        open = false;
        write(counters);
        store.end();
        begun = false;
      }
    } finally {
      writing.unlock();
    }
  }

  void requireOpen() {
    if (!open) {
      throw new UnavailableException("The node is starting or stopping.", null);
    }
  }

  private void read(RollingWindow window) {
    long widest = window.windowMillis() + MARGIN_MILLIS;
    long asked = clock.millis();
    // A reserve that was granted at the end of one window is used in the next and counts in a
    // third.
    var kept = store.read(window.subject(), asked - 3 * widest);
    List<Passed> passed = new ArrayList<>(kept.passed());
    for (long gap : kept.gapsMillis()) {
      passed.add(new Passed(gap, unknownAt(gap, window, kept.passed()), 0));
    }
    long now = clock.millis();
    window.complete(
        passed.stream()
            .filter(some -> some.atMillis() > asked - widest)
            .sorted(Comparator.comparingLong(Passed::atMillis))
            .map(some ->
                new Passed(Math.min(now, some.atMillis() + MARGIN_MILLIS), some.requests(), 0))
            .toList());
  }

  /** How much may have been admitted without being written before a node broke off. */
  private static int unknownAt(long gap, RollingWindow window, List<Passed> passed) {
    return passed.stream()
        .filter(some -> some.atMillis() <= gap)
        .mapToInt(Passed::reserve)
        .reduce(window.leastReserve(), Math::max);
  }

  private void makeReserve(Counter counter, int cost, int usualReserve) {
    long arrivedAt = attempts;
    if (!counter.beginWaiting()) {
      throw slow();
    }
    try {
      lockSoon();
    } finally {
      counter.endWaiting();
    }
    try {
      requireOpen();
      if (counter.isReady(cost, usualReserve)) {
        return;
      }
      UnavailableException shared = failure;
      if (shared != null && failedAttempt > arrivedAt) {
        // It would have served this caller too. Each trying anew, behind a database that answers
        // nobody, the last would wait for all.
        throw new UnavailableException(String.valueOf(shared.getMessage()), shared);
      }
      counter.becomeDue();
      writeDueNow();
    } finally {
      writing.unlock();
    }
  }

  private void lockSoon() {
    try {
      if (!writing.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw slow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted while waiting to write down a limit.", e);
    }
  }

  static UnavailableException slow() {
    return new UnavailableException("What the limits admitted is not written down in time.", null);
  }

  private void writeDueNow() {
    List<Counter> counters = new ArrayList<>();
    for (Counter next = due.poll(); next != null; next = due.poll()) {
      counters.add(next);
    }
    write(counters);
  }

  private void write(Collection<Counter> counters) {
    long attempt = attempts + 1;
    attempts = attempt;
    List<Unwritten> batch = counters.stream().map(Counter::take).filter(Objects::nonNull).toList();
    int done = 0;
    try {
      keepEpoch();
      while (done < batch.size()) {
        List<Unwritten> chunk = batch.subList(done, Math.min(batch.size(), done + CHUNK));
        store.write(chunk.stream().<Entry>map(Unwritten::entry).toList());
        chunk.forEach(Unwritten::isWritten);
        done += chunk.size();
      }
    } catch (UnavailableException e) {
      failedAttempt = attempt;
      failure = e;
      throw e;
    } finally {
      batch.subList(done, batch.size()).forEach(Unwritten::isNotWritten);
    }
  }

  /** Keeps the store's times as long ago as they are when the wall clock was set. */
  private void keepEpoch() {
    long now = clock.epochAtZero();
    long by = now - epochAtZero;
    if (epochKept && Math.abs(by) <= TOLERANCE_MILLIS) {
      return;
    }
    // If this fails nobody knows whether it is done: it has to be asked again in any case.
    epochKept = false;
    store.moveEpoch(now);
    epochKept = true;
    epochAtZero = now;
    if (Math.abs(by) > TOLERANCE_MILLIS) {
      clockSettings.incrementAndGet();
      events.clockSet(Duration.ofMillis(by));
    }
  }
}
