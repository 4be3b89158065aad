package dev.keyway.core.limit;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What one caller's requests of one kind are counted by.
 *
 * <p>Nothing of it changes, and all its fields are final: it may be handed from thread to thread
 * without care.
 */
final class Counters implements LimitedCaller.Remembered {
  private final LimitSet set;
  private final LimitTerms terms;
  private final Counter[] counters;
  private final Counter[] inLockOrder;
  private final LimitedCaller.@Nullable Remembered next;

  /**
   * Counters of a caller.
   *
   * @param counters one for each of the terms
   * @param next those of another set
   */
  Counters(
      LimitSet set, LimitTerms terms, Counter[] counters, LimitedCaller.@Nullable Remembered next) {
    this.set = set;
    this.terms = terms;
    this.counters = counters;
    this.inLockOrder = counters.length < 2 ? counters : counters.clone();
    Arrays.sort(inLockOrder, Comparator.comparingLong(Counter::order));
    this.next = next;
  }

  @Override
  public LimitSet set() {
    return set;
  }

  @Override
  public LimitedCaller.@Nullable Remembered next() {
    return next;
  }

  Counter[] each() {
    return counters;
  }

  boolean isEmpty() {
    return counters.length == 0;
  }

  boolean isAnyClosed() {
    for (Counter counter : counters) {
      if (counter.isClosed()) {
        return true;
      }
    }
    return false;
  }

  /** Which of them an admission of this cost lacks something for; null when none does. */
  @Nullable Counter notReady(int cost) {
    for (int i = 0; i < counters.length; i++) {
      if (!counters[i].isReady(cost, terms.reserve(i))) {
        return counters[i];
      }
    }
    return null;
  }

  /** The reserve that is usual for one of them now. */
  int reserveOf(Counter counter) {
    return terms.reserve(Arrays.asList(counters).indexOf(counter));
  }

  /**
   * Admits a request and counts it in all, or refuses it and counts it in none; null when one of
   * them cannot tell.
   */
  @Nullable LimitState acquire(WindowBooks books, int cost) {
    return acquire(books, cost, 0);
  }

  /** With the locks up to {@code locked} held: each thread takes them in one order. */
  private @Nullable LimitState acquire(WindowBooks books, int cost, int locked) {
    if (locked == inLockOrder.length) {
      return decide(books, cost);
    }
    synchronized (inLockOrder[locked]) {
      return acquire(books, cost, locked + 1);
    }
  }

  private @Nullable LimitState decide(WindowBooks books, int cost) {
    // Read under the locks: the times in a counter must not run backwards.
    long now = books.millis();
    if (!books.isOpen()) {
      return null;
    }
    int full = -1;
    long longest = -1;
    for (int i = 0; i < counters.length; i++) {
      Counter counter = counters[i];
      if (!counter.canTell(now)) {
        return null;
      }
      long missing = counter.used() + cost - terms.requests(i);
      if (missing > 0) {
        long wait = counter.millisUntilFree(now, missing);
        if (wait > longest) {
          longest = wait;
          full = i;
        }
      }
    }
    if (full >= 0) {
      return state(full, false, longest);
    }
    return mayGoUnwritten(now, cost) ? admit(now, cost) : null;
  }

  private boolean mayGoUnwritten(long now, int cost) {
    for (Counter counter : counters) {
      if (!counter.mayGoUnwritten(now, cost)) {
        return false;
      }
    }
    return true;
  }

  private LimitState admit(long now, int cost) {
    int binding = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < counters.length; i++) {
      counters[i].admit(now, cost, terms.reserve(i));
      double share = (double) remaining(i) / terms.requests(i);
      if (share < least) {
        least = share;
        binding = i;
      }
    }
    return state(binding, true, counters[binding].millisUntilFree(now, 1));
  }

  private LimitState state(int binding, boolean admitted, long resetMillis) {
    return new LimitState(terms, binding, admitted, remaining(binding), resetMillis);
  }

  private long remaining(int index) {
    return Math.max(0, terms.requests(index) - counters[index].used());
  }
}
