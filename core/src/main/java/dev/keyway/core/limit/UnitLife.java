package dev.keyway.core.limit;

import java.time.Duration;

/**
 * How long units of a rolling window may be spent.
 *
 * <p>A tenth of the window, so that what a node took and lost is missed for little longer than it
 * would have counted; and ten seconds at most, so that a node that is gone is soon forgotten.
 */
public final class UnitLife {
  private static final long LONGEST_MILLIS = Duration.ofSeconds(10).toMillis();

  /** No unit counts for longer than this after it was granted. */
  public static final long LONGEST_COUNTED_MILLIS =
      Period.Rolling.GREATEST.toMillis() + LONGEST_MILLIS + 1;

  private UnitLife() {}

  /** In milliseconds of the store's clock. */
  public static long millis(Period.Rolling period) {
    return Math.min(LONGEST_MILLIS, period.window().toMillis() / 10);
  }

  /** In milliseconds of the node's own clock, which may run a tenth slower than the store's. */
  public static long spendableMillis(Period.Rolling period) {
    return millis(period) * 9 / 10;
  }
}
