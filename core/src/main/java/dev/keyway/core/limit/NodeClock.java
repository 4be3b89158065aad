package dev.keyway.core.limit;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a node: one that only runs, and the one on the wall, which people and NTP set.
 *
 * @param monotonicMillis milliseconds since whenever
 */
public record NodeClock(LongSupplier monotonicMillis, InstantSource wall) {
  private static final int MAX_READINGS = 5;
  private static final long NARROW_MILLIS = 2;

  long millis() {
    return monotonicMillis.getAsLong();
  }

  /**
   * The epoch milliseconds at which the monotonic clock was zero.
   *
   * <p>A pause between the readings of the two clocks makes it too late by as much, never too
   * early: times taken for later than they are count too long and not too short.
   */
  long epochAtZero() {
    long narrowest = Long.MAX_VALUE;
    long epochAtZero = 0;
    for (int i = 0; i < MAX_READINGS && narrowest > NARROW_MILLIS; i++) {
      long before = millis();
      long epoch = wall.millis();
      long took = millis() - before;
      if (took < narrowest) {
        narrowest = took;
        epochAtZero = epoch - before;
      }
    }
    return epochAtZero;
  }
}
