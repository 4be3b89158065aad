package dev.keyway.core.limit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one caller's requests of one kind are counted by, where several nodes count.
 *
 * <p>Nothing of it changes, and all its fields are final: it may be handed from thread to thread
 * without care.
 */
final class SharedCounters implements LimitedCaller.Remembered {
  private final LimitSet set;
  private final LimitTerms terms;
  private final SharedCounter[] counters;
  private final SharedCounter[] inLockOrder;
  private final LimitedCaller.@Nullable Remembered next;

  SharedCounters(
      LimitSet set,
      LimitTerms terms,
      SharedCounter[] counters,
      LimitedCaller.@Nullable Remembered next) {
    this.set = set;
    this.terms = terms;
    this.counters = counters;
    this.inLockOrder = counters.length < 2 ? counters : counters.clone();
    Arrays.sort(inLockOrder, Comparator.comparingLong(SharedCounter::order));
    this.next = next;
  }

  /** Why a request was not decided. */
  enum Turn {
    /** The store was asked, or has to be. */
    ASKED,
    /** Nobody can tell. */
    UNKNOWN,
    /** A counter was dropped meanwhile. */
    CLOSED
  }

  /** What is told the one who does the asking; called under the locks. */
  interface Asking {
    void ask(SharedCounter counter);
  }

  @Override
  public LimitSet set() {
    return set;
  }

  @Override
  public LimitedCaller.@Nullable Remembered next() {
    return next;
  }

  SharedCounter[] each() {
    return counters;
  }

  boolean isEmpty() {
    return counters.length == 0;
  }

  /**
   * Admits a request and counts it in all, or refuses it and counts it in none; null when that
   * cannot be said now.
   *
   * @param nanos read under the locks: what waited for them must not spend what is over meanwhile
   */
  @Nullable LimitState acquire(int cost, LongSupplier nanos, Asking asking) {
    return acquire(cost, nanos, asking, 0);
  }

  Turn turn(int cost, long now) {
    Turn turn = Turn.ASKED;
    for (SharedCounter counter : counters) {
      synchronized (counter) {
        switch (counter.ask(cost, now)) {
          case CLOSED -> {
            return Turn.CLOSED;
          }
          case UNKNOWN -> turn = Turn.UNKNOWN;
          case YES, NO, ASK -> {}
        }
      }
    }
    return turn;
  }

  /** With the locks up to {@code locked} held: each thread takes them in one order. */
  private @Nullable LimitState acquire(int cost, LongSupplier nanos, Asking asking, int locked) {
    if (locked == inLockOrder.length) {
      return decide(cost, nanos.getAsLong(), asking);
    }
    synchronized (inLockOrder[locked]) {
      return acquire(cost, nanos, asking, locked + 1);
    }
  }

  private @Nullable LimitState decide(int cost, long now, Asking asking) {
    int full = -1;
    long longest = -1;
    boolean isReady = true;
    for (int i = 0; i < counters.length; i++) {
      if (cost > terms.requests(i)) {
        return new LimitState(terms, i, false, remaining(i, now), wait(i));
      }
      switch (counters[i].ask(cost, now)) {
        case YES -> {}
        case NO -> {
          long wait = counters[i].millisUntilFree(now);
          if (wait > longest) {
            longest = wait;
            full = i;
          }
        }
        case UNKNOWN, CLOSED -> isReady = false;
        case ASK -> {
          isReady = false;
          want(i, cost, asking);
        }
      }
    }
    if (full >= 0) {
      return new LimitState(terms, full, false, remaining(full, now), longest);
    }
    return isReady ? admit(cost, now, asking) : null;
  }

  private LimitState admit(int cost, long now, Asking asking) {
    int binding = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < counters.length; i++) {
      if (counters[i].spend(cost, now)) {
        want(i, cost, asking);
      }
      double share = (double) remaining(i, now) / terms.requests(i);
      if (share < least) {
        least = share;
        binding = i;
      }
    }
    return new LimitState(
        terms, binding, true, remaining(binding, now), counters[binding].millisUntilFree(now));
  }

  private void want(int index, int cost, Asking asking) {
    if (counters[index].want(cost, terms.requests(index))) {
      asking.ask(counters[index]);
    }
  }

  private long remaining(int index, long now) {
    return counters[index].remaining(now, terms.requests(index));
  }

  /** A request that costs more than all of a limit waits for its whole period, in vain. */
  private long wait(int index) {
    return switch (terms.limit(index).period()) {
      case Period.Rolling(var window) -> window.toMillis();
      case Period.Calendar _ -> 1;
    };
  }
}
