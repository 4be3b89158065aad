package dev.keyway.server.http;

import dev.keyway.core.limit.LimitState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a limit tells its callers: {@code RateLimit} and {@code RateLimit-Policy} (IETF draft
 * "RateLimit header fields for HTTP"), and {@code Retry-After} once it refuses.
 */
public final class RateLimitHeaders {
  private RateLimitHeaders() {}

  /** The headers for an answer to a request that was counted or refused. */
  public static Map<String, String> of(LimitState state) {
    var limit = state.limit();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "RateLimit",
        "\"%s\";r=%d;t=%d".formatted(limit.name(), state.remaining(), state.retryAfterSeconds()));
    headers.put(
        "RateLimit-Policy",
        "\"%s\";q=%d;w=%d".formatted(limit.name(), limit.requests(), limit.window().toSeconds()));
    if (!state.admitted()) {
      headers.put("Retry-After", String.valueOf(state.retryAfterSeconds()));
    }
    return headers;
  }
}
