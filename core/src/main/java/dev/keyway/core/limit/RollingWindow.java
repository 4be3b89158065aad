package dev.keyway.core.limit;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The admissions of one key under one limit, exactly: a ring of the times of the last <i>q</i>.
 *
 * <p>A request is admitted when the <i>q</i>-th last admission is at least a window ago. That is
 * the whole of the promise "never more than q in any window", and no bucket or sub-window can err.
 * Times are milliseconds in 32 bits, and the ring grows with use, so an active key costs 4 bytes an
 * admission and at most 4q bytes.
 */
final class RollingWindow {
  private static final int FIRST_CAPACITY = 8;

  private final RateLimit limit;
  private final LongSupplier millis;
  // One more than the window: truncated times can look a millisecond further apart than they are.
  private final int windowMillis;

  private int[] times;
  private int oldest;
  private int count;
  private int latest;
  private boolean closed;

  /**
   * An empty window.
   *
   * @param millis a monotonic clock
   */
  RollingWindow(RateLimit limit, LongSupplier millis) {
    this.limit = limit;
    this.millis = millis;
    this.windowMillis = (int) limit.window().toMillis() + 1;
    this.times = new int[Math.min(FIRST_CAPACITY, limit.requests())];
    this.latest = (int) millis.getAsLong();
  }

  RateLimit limit() {
    return limit;
  }

  /** Admits or refuses; null when this window was closed and another must be made. */
  synchronized @Nullable LimitState acquire() {
    if (closed) {
      return null;
    }
    // Read under the lock: the ring's times must not run backwards.
    int now = (int) millis.getAsLong();
    forget(now);
    if (count == limit.requests()) {
      return new LimitState(limit, false, 0, untilOldestLeaves(now));
    }
    add(now);
    return new LimitState(limit, true, limit.requests() - count, untilOldestLeaves(now));
  }

  /** Closes the window if nothing in it counts any more, so that it may be dropped. */
  synchronized boolean closeIfIdle() {
    int now = (int) millis.getAsLong();
    forget(now);
    closed = count == 0 && now - latest >= windowMillis;
    return closed;
  }

  private void forget(int now) {
    while (count > 0 && now - times[oldest] >= windowMillis) {
      oldest = (oldest + 1) % times.length;
      count--;
    }
  }

  private void add(int now) {
    if (count == times.length) {
      grow();
    }
    times[(oldest + count) % times.length] = now;
    count++;
    latest = now;
  }

  private void grow() {
    int[] larger = Arrays.copyOf(times, Math.min(limit.requests(), times.length * 2));
    for (int i = 0; i < count; i++) {
      larger[i] = times[(oldest + i) % times.length];
    }
    times = larger;
    oldest = 0;
  }

  private long untilOldestLeaves(int now) {
    int age = now - times[oldest];
    return (long) windowMillis - age;
  }
}
