package dev.keyway.core.limit;

/**
 * What a limit says of one request.
 *
 * @param admitted whether the request may pass; if so it has been counted
 * @param remaining how many more would be admitted now
 * @param resetMillis until when one more than {@code remaining} would be admitted, in milliseconds
 *     from now
 */
public record LimitState(RateLimit limit, boolean admitted, int remaining, long resetMillis) {

  /** Whole seconds after which a refused caller can succeed: rounded up, at least 1. */
  public long retryAfterSeconds() {
    return Math.max(1, (resetMillis + 999) / 1000);
  }
}
