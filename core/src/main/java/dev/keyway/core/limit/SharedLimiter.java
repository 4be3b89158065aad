package dev.keyway.core.limit;

import dev.keyway.core.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a node that is one of several: it spends units that a {@link UnitStore} grants, and
 * asks for more before they run out.
 *
 * <p>A request that finds units in hand takes the locks of its counters, reads the clock once and
 * counts down. Asking is done by one thread for each store, for all that want something at once;
 * requests that find nothing in hand wait for it, off the event loop.
 */
public final class SharedLimiter implements NodeLimiter {
  /** How long a request waits for units. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration IDLE = Duration.ofMinutes(1);

  /** The first for windows, the last for quotas. */
  private final List<UnitLane> lanes;

  private final LongSupplier nanos;
  private final Runnable wake;
  private final Runnable forgetting;
  private final String node;
  private final ConcurrentHashMap<CountedSubject, SharedCounter> counters =
      new ConcurrentHashMap<>();
  private final AtomicLong made = new AtomicLong();
  private final Object rounds = new Object();
  private long round;
  private volatile boolean isOpen;

  /** A limiter with one store for all limits. */
  public SharedLimiter(
      UnitStore store, LongSupplier nanos, Runnable wake, Runnable forgetting, String node) {
    this(List.of(store), nanos, wake, forgetting, node);
  }

  /**
   * A limiter that admits nothing until it is told to {@link #begin}.
   *
   * @param windows what rolling windows are counted in
   * @param quotas what days and months of the calendar are counted in
   * @param nanos a clock that is never set
   * @param wake has each of {@link #duties} done soon; must not block
   * @param forgetting has the store forget what it does not forget by itself
   * @param node a name of this run of this node, never given twice
   */
  public SharedLimiter(
      UnitStore windows,
      UnitStore quotas,
      LongSupplier nanos,
      Runnable wake,
      Runnable forgetting,
      String node) {
    this(List.of(windows, quotas), nanos, wake, forgetting, node);
  }

  private SharedLimiter(
      List<UnitStore> stores, LongSupplier nanos, Runnable wake, Runnable forgetting, String node) {
    this.lanes = stores.stream().map(store -> new UnitLane(store, nanos, this::nextRound)).toList();
    this.nanos = nanos;
    this.wake = wake;
    this.forgetting = forgetting;
    this.node = node;
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

  /** Asks the stores for what is wanted, and gives back what is left over. */
  @Override
  public void writeDue() {
    lanes.forEach(this::writeDue);
  }

  /** One for each store: of two, the one is not to wait for the other. */
  @Override
  public List<Runnable> duties() {
    return lanes.stream().<Runnable>map(lane -> () -> writeDue(lane)).toList();
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

  /** How often a store was asked. */
  public long calls() {
    return lanes.stream().mapToLong(UnitLane::calls).sum();
  }

  /** How many counters it was asked about. */
  public long claims() {
    return lanes.stream().mapToLong(UnitLane::claims).sum();
  }

  /** How many units it granted. */
  public long granted() {
    return lanes.stream().mapToLong(UnitLane::granted).sum();
  }

  /** How often it did not answer. */
  public long failures() {
    return lanes.stream().mapToLong(UnitLane::failures).sum();
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
    RuntimeException failure = null;
    for (UnitLane lane : lanes) {
      try {
        lane.close(countersIn(lane));
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void writeDue(UnitLane lane) {
    if (isOpen) {
      lane.writeDue(countersIn(lane));
    }
  }

  private UnitLane laneOf(SharedCounter counter) {
    return counter.limit().period() instanceof Period.Rolling ? lanes.getFirst() : lanes.getLast();
  }

  private Stream<SharedCounter> countersIn(UnitLane lane) {
    return counters.values().stream().filter(some -> laneOf(some).equals(lane));
  }

  private void enqueue(SharedCounter counter) {
    laneOf(counter).add(counter);
    wake.run();
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
