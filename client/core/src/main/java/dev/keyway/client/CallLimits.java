package dev.keyway.client;

import java.time.Duration;

/**
 * How long and how often Keyway is asked before the caller is told that nobody can decide.
 *
 * @param connectTimeout for a connection
 * @param callTimeout for the whole call, connection and body included
 * @param concurrentCalls more than these are not begun
 * @param failuresToOpen so many failed calls in a row, and none is made for a while
 * @param openFor how long that while is; then one call tries
 */
public record CallLimits(
    Duration connectTimeout,
    Duration callTimeout,
    int concurrentCalls,
    int failuresToOpen,
    Duration openFor) {

  /** 1 s to connect, 2 s in all, 256 calls at once; 5 failures in a row rest it for 5 s. */
  public static final CallLimits DEFAULT =
      new CallLimits(Duration.ofSeconds(1), Duration.ofSeconds(2), 256, 5, Duration.ofSeconds(5));

  /** Checks that each is positive. */
  public CallLimits {
    positive(connectTimeout, "connectTimeout");
    positive(callTimeout, "callTimeout");
    positive(openFor, "openFor");
    if (concurrentCalls < 1 || failuresToOpen < 1) {
      throw new IllegalArgumentException("concurrentCalls and failuresToOpen must be 1 or more");
    }
  }

  public CallLimits withTimeouts(Duration connect, Duration call) {
    return new CallLimits(connect, call, concurrentCalls, failuresToOpen, openFor);
  }

  public CallLimits withConcurrentCalls(int calls) {
    return new CallLimits(connectTimeout, callTimeout, calls, failuresToOpen, openFor);
  }

  public CallLimits withCircuit(int failures, Duration open) {
    return new CallLimits(connectTimeout, callTimeout, concurrentCalls, failures, open);
  }

  private static void positive(Duration value, String name) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be more than nothing");
    }
  }
}
