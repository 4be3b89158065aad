package dev.keyway.core.limit;

import java.time.Duration;

/**
 * A promise about a key: at most {@code requests} are admitted in any rolling {@code window}.
 *
 * @param name its name in the profile and in {@code RateLimit-Policy}
 */
public record RateLimit(String name, int requests, Duration window) {
  /** A window remembers each admission it counts, so the number is bounded. */
  public static final int MAX_REQUESTS = 100_000;

  public static final Duration MAX_WINDOW = Duration.ofDays(1);

  public RateLimit {
    if (requests < 1 || requests > MAX_REQUESTS) {
      throw new IllegalArgumentException("requests must be from 1 to " + MAX_REQUESTS);
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(MAX_WINDOW) > 0) {
      throw new IllegalArgumentException("a window is from 1s to 1d");
    }
  }
}
