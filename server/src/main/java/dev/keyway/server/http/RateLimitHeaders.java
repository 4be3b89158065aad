package dev.keyway.server.http;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.RateLimit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a limit tells its callers: {@code RateLimit} and {@code RateLimit-Policy} (IETF draft
 * "RateLimit header fields for HTTP", draft-ietf-httpapi-ratelimit-headers-10), and {@code
 * Retry-After} once it refuses.
 */
public final class RateLimitHeaders {
  private RateLimitHeaders() {}

  /** The headers for an answer to a request that was counted or refused. */
  public static Map<String, String> of(LimitState state) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("RateLimit", limit(state));
    headers.put("RateLimit-Policy", policy(state.limit()));
    if (!state.admitted()) {
      headers.put("Retry-After", String.valueOf(state.retryAfterSeconds()));
    }
    return headers;
  }

  /** {@code RateLimit}: how many requests remain, and in how many seconds more will. */
  public static String limit(LimitState state) {
    // The limiter waits a millisecond longer than the window, which must not show as a second.
    long seconds = Math.min(state.retryAfterSeconds(), state.limit().window().toSeconds());
    return "\"" + state.limit().name() + "\";r=" + state.remaining() + ";t=" + seconds;
  }

  /** {@code RateLimit-Policy}: the quota and its window in seconds. */
  public static String policy(RateLimit limit) {
    return "\"" + limit.name() + "\";q=" + limit.requests() + ";w=" + limit.window().toSeconds();
  }
}
