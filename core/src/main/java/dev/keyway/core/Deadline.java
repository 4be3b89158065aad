package dev.keyway.core;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * By when the call that this thread works on must be answered, for whatever waits on its behalf.
 *
 * <p>A wait within a deadline ends with it, though the wait alone would have more patience.
 */
public final class Deadline {
  /** The end, as {@link System#nanoTime} counts. */
  private static final ScopedValue<Long> END_NANOS = ScopedValue.newInstance();

  private Deadline() {}

  /** Makes a call in which nothing waits any more once this time is over. */
  public static <T extends @Nullable Object> T within(Duration time, Supplier<T> call) {
    long end = System.nanoTime() + atMost(time).toNanos();
    return ScopedValue.where(END_NANOS, end).call(call::get);
  }

  /** How long to wait at most: this long, or for what is left of the deadline; never negative. */
  public static Duration atMost(Duration patience) {
    if (!END_NANOS.isBound()) {
      return patience;
    }
    Duration left = Duration.ofNanos(Math.max(0, END_NANOS.get() - System.nanoTime()));
    return left.compareTo(patience) < 0 ? left : patience;
  }
}
