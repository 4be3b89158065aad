package dev.keyway.core.limit;

/**
 * In which headers a product's answers tell of its limits. Refusals have the standard ones in any
 * case.
 */
public enum LimitHeaders {
  /** {@code RateLimit} and {@code RateLimit-Policy}. */
  STANDARD,
  /** {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset}. */
  X_RATELIMIT,
  BOTH;

  public boolean hasStandard() {
    return this != X_RATELIMIT;
  }

  public boolean hasX() {
    return this != STANDARD;
  }
}
