package dev.keyway.conformance.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what the contract allows to come a little later, such as an expiry or a batched write.
 */
public final class Eventually {

  private static final long PAUSE_NANOS = Duration.ofMillis(25).toNanos();

  private Eventually() {}

  /** Asks again until the condition holds; fails when it does not within the time. */
  public static void holds(String what, Duration within, BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(within);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("not within " + within + ": " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
