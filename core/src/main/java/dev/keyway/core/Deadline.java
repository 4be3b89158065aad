package dev.keyway.core;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * By when the call that this thread works on must be answered, for whatever waits on its behalf.
 *
 * <p>A wait within a deadline ends with it, though the wait alone would have more patience.
 */
public final class Deadline {
  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

  private final LongSupplier nanoTime;
  private final long endNanos;

  private Deadline(LongSupplier nanoTime, long endNanos) {
    this.nanoTime = nanoTime;
    this.endNanos = endNanos;
  }

  /**
   * Makes a call in which nothing waits any more once this time is over, or the deadline that this
   * thread has already.
   *
   * @param nanoTime a clock that is never set, in nanoseconds
   */
  public static <T extends @Nullable Object> T within(
      Duration time, LongSupplier nanoTime, Supplier<T> call) {
    long end = nanoTime.getAsLong() + atMost(time).toNanos();
    return ScopedValue.where(CURRENT, new Deadline(nanoTime, end)).call(call::get);
  }

  /** How long to wait at most: this long, or for what is left of the deadline; never negative. */
  public static Duration atMost(Duration patience) {
    if (!CURRENT.isBound()) {
      return patience;
    }
    Duration left = CURRENT.get().left();
    return left.compareTo(patience) < 0 ? left : patience;
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - nanoTime.getAsLong()));
  }
}
