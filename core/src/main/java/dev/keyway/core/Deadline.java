package dev.keyway.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /** Makes a call that has no result, {@linkplain #within in the same way}. */
  public static void runWithin(Duration time, LongSupplier nanoTime, Runnable call) {
    within(
        time,
        nanoTime,
        () -> {
          call.run();
          return null;
        });
  }

  /** How long to wait at most: this long, or for what is left of the deadline; never negative. */
  public static Duration atMost(Duration patience) {
    if (!CURRENT.isBound()) {
      return patience;
    }
    Duration left = CURRENT.get().left();
    return left.compareTo(patience) < 0 ? left : patience;
  }

  /**
   * Makes a call whose work others share. It goes on beyond this thread's deadline, which ends only
   * this thread's waiting for it: one caller's lack of time is no failure of the others.
   *
   * @throws UnavailableException when the deadline ends first; the call may yet be done
   */
  public static <T extends @Nullable Object> T apart(Supplier<T> call) {
    if (!CURRENT.isBound()) {
      return call.get();
    }
    // A thread that is not forked in a scope has none of this one's scoped values.
    var answer = CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
    try {
      return answer.get(CURRENT.get().left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new UnavailableException("The answer did not come in time.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted while waiting for an answer.", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - nanoTime.getAsLong()));
  }
}
