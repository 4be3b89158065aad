package dev.keyway.core.limit;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one node: a {@link Counter} in memory for each subject and limit in use, and a
 * {@link WindowStore} from which they come back after a restart.
 *
 * <p>The locks of a request's counters are held for one clock reading and a few array accesses, and
 * only requests of the same subjects ever meet at them. Nothing is written per request: a counter
 * is written down when half its reserve was used since the last time.
 */
public final class RollingWindowLimiter implements NodeLimiter {
  /**
   * How long a request tries for a place among the unwritten ones, which others may take before it.
   */
  private static final long PATIENCE_MILLIS = 2_000;

  private final ConcurrentHashMap<CountedSubject, Counter> counters = new ConcurrentHashMap<>();
  private final WindowBooks books;

  /** A limiter that admits nothing until it is told to {@link #begin}. */
  public RollingWindowLimiter(WindowStore store, NodeClock clock, LimitEvents events) {
    this.books = new WindowBooks(store, clock, events);
  }

  /**
   * Begins to admit: what the last run wrote down counts, and what it may not have.
   *
   * @throws dev.keyway.core.UnavailableException when the store does not take note of it
   */
  @Override
  public void begin() {
    books.begin();
  }

  @Override
  public @Nullable LimitState acquireIfReady(Charge charge, LimitedCaller caller) {
    while (true) {
      Counters mine = countersOf(caller, charge.limits());
      if (mine.isEmpty()) {
        return UNLIMITED;
      }
      LimitState state = mine.acquire(books, charge.cost());
      if (state != null || !mine.isAnyClosed()) {
        return state;
      }
      caller.forgetCounters();
      for (Counter counter : mine.each()) {
        if (counter.isClosed()) {
          counters.remove(counter.subject(), counter);
        }
      }
    }
  }

  @Override
  public LimitState acquire(Charge charge, LimitedCaller caller) {
    long giveUpAt = books.millis() + PATIENCE_MILLIS;
    while (true) {
      LimitState state = acquireIfReady(charge, caller);
      if (state != null) {
        return state;
      }
      if (books.millis() >= giveUpAt) {
        throw WindowBooks.slow();
      }
      makeReady(countersOf(caller, charge.limits()), charge.cost());
    }
  }

  /**
   * Writes down what is due, and notices when the wall clock was set: to be called when {@link
   * LimitEvents#due} says so, and every second or so.
   *
   * @throws dev.keyway.core.UnavailableException when it cannot; what is due remains so
   */
  @Override
  public void writeDue() {
    books.writeDue();
  }

  /** Drops from memory the counters that hold nothing any more. */
  @Override
  public void dropIdle() {
    counters.forEach((subject, counter) -> {
      if (counter.closeIfIdle()) {
        counters.remove(subject, counter);
      }
    });
  }

  /** Forgets what was written down and counts no more. */
  @Override
  public void forgetWritten() {
    books.forget();
  }

  /** How many counters are held. */
  @Override
  public int size() {
    return counters.size();
  }

  /** How often the wall clock was set while this node ran. */
  public long clockSettings() {
    return books.clockSettings();
  }

  /**
   * Admits nothing more and writes down all that counts, so that the next run begins where this one
   * ended.
   *
   * @throws dev.keyway.core.UnavailableException when it cannot; the next run then takes this one
   *     for broken off
   */
  @Override
  public void close() {
    books.end(counters.values());
  }

  private void makeReady(Counters mine, int cost) {
    Counter lacking = mine.notReady(cost);
    if (lacking == null) {
      // A node that neither begins nor ends was only waited for by another.
      books.requireOpen();
    } else {
      books.makeReady(lacking, cost, mine.reserveOf(lacking));
    }
  }

  private Counters countersOf(LimitedCaller caller, LimitSet set) {
    // A caller of this node has met no other limiter.
    return caller.remembered(set) instanceof Counters remembered
        ? remembered
        : resolve(caller, set);
  }

  private Counters resolve(LimitedCaller caller, LimitSet set) {
    LimitTerms terms = set.on(caller.plan());
    var each = new Counter[terms.size()];
    for (int i = 0; i < each.length; i++) {
      RateLimit limit = terms.limit(i);
      var subject = new CountedSubject(limit.name(), limit.by(), caller.idOf(limit.by()));
      each[i] = counters.computeIfAbsent(subject, _ -> counter(limit, subject));
    }
    var resolved = new Counters(set, terms, each, caller.remembered());
    caller.remember(resolved);
    return resolved;
  }

  private Counter counter(RateLimit limit, CountedSubject subject) {
    return switch (limit.period()) {
      case Period.Rolling rolling -> new RollingWindow(limit, rolling, subject, books);
      case Period.Calendar calendar -> new Quota(limit, calendar, subject, books);
    };
  }
}
