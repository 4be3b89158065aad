package dev.keyway.core.limit;

/**
 * What the limits say of one request, by the one that binds: when refused the one with the longest
 * wait, when admitted the one with the least share remaining.
 *
 * @param terms all limits that the request was held against
 * @param binding the index of the one that binds among them
 * @param admitted whether the request may pass; if so it has been counted, in all of them
 * @param remaining how many more the binding one would admit now
 * @param resetMillis of a refusal: until when as much as was asked for can be admitted; otherwise
 *     until when one more than {@code remaining} would be; in milliseconds from now
 */
public record LimitState(
    LimitTerms terms, int binding, boolean admitted, long remaining, long resetMillis) {

  /** Whether any limit applies: otherwise nothing binds, and nothing was counted. */
  public boolean isCounted() {
    return terms.size() > 0;
  }

  /** The limit that binds. */
  public RateLimit limit() {
    return terms.limit(binding);
  }

  /** How many requests the limit that binds allows. */
  public long requests() {
    return terms.requests(binding);
  }

  /** Whole seconds after which a refused caller can succeed: rounded up, at least 1. */
  public long retryAfterSeconds() {
    return Math.max(1, (resetMillis + 999) / 1000);
  }

  /**
   * Whole seconds until more remains: rounded up, at least 1, and of an admission at most the
   * window. A refusal says what {@link #retryAfterSeconds} does.
   */
  public long resetSeconds() {
    // The limiter waits a millisecond longer than the window, which must not show as a second.
    return admitted && limit().period() instanceof Period.Rolling(var window)
        ? Math.min(retryAfterSeconds(), window.toSeconds())
        : retryAfterSeconds();
  }
}
