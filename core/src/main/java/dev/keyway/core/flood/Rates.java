package dev.keyway.core.flood;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Rates that so many takers keep to, each up to so much a second and a second's worth at once: the
 * generic cell rate algorithm (ITU-T I.371, A), which needs one number a taker.
 */
final class Rates {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Until when each taker's admissions would last if they came evenly. */
  private final AtomicLongArray busyUntil;

  private final long intervalNanos;

  /**
   * Rates of which nothing is used yet.
   *
   * @param takers how many there are; their number is the size in memory, eight bytes each
   */
  Rates(int takers, int perSecond) {
    this.busyUntil = new AtomicLongArray(takers);
    this.intervalNanos = SECOND / perSecond;
  }

  /**
   * Takes one, unless the taker has none left.
   *
   * @param nowNanos counted from when this was made
   */
  boolean take(int taker, long nowNanos) {
    while (true) {
      long until = busyUntil.get(taker);
      long next = Math.max(until, nowNanos) + intervalNanos;
      if (next - nowNanos > SECOND) {
        return false;
      }
      if (busyUntil.compareAndSet(taker, until, next)) {
        return true;
      }
    }
  }
}
