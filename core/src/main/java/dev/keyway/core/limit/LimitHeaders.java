package dev.keyway.core.limit;

/**
 * In which headers a product's answers tell of its limits. Refusals have the standard ones in any
 * case.
 */
public enum LimitHeaders {
  /** {@code RateLimit} and {@code RateLimit-Policy}. */
  STANDARD("standard"),
  /** {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset}. */
  X_RATELIMIT("x-ratelimit"),
  BOTH("both");

  private final String text;

  LimitHeaders(String text) {
    this.text = text;
  }

  /** The word for it in profiles and in the API. */
  public String text() {
    return text;
  }

  public boolean hasStandard() {
    return this != X_RATELIMIT;
  }

  public boolean hasX() {
    return this != STANDARD;
  }
}
