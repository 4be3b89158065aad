package dev.keyway.server.http;

import dev.keyway.core.limit.LimitState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What limits tell their callers: {@code RateLimit} and {@code RateLimit-Policy} (IETF draft
 * "RateLimit header fields for HTTP", draft-ietf-httpapi-ratelimit-headers-10), where the profile
 * asks for them {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset}, and {@code
 * Retry-After} once one refuses. {@code RateLimit-Policy} names all limits, the others tell of the
 * one that binds.
 */
public final class RateLimitHeaders {
  private RateLimitHeaders() {}

  /** The headers for an answer to a request that was counted or refused. */
  public static Map<String, String> of(LimitState state) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (hasStandard(state)) {
      headers.put("RateLimit", limit(state));
      headers.put("RateLimit-Policy", state.terms().policy());
    }
    if (state.terms().headers().hasX()) {
      headers.put("X-RateLimit-Limit", String.valueOf(state.requests()));
      headers.put("X-RateLimit-Remaining", String.valueOf(state.remaining()));
      headers.put("X-RateLimit-Reset", String.valueOf(state.resetSeconds()));
    }
    if (!state.admitted()) {
      headers.put("Retry-After", String.valueOf(state.retryAfterSeconds()));
    }
    return headers;
  }

  /** Whether an answer has the standard fields: a refusal has them whatever the profile says. */
  public static boolean hasStandard(LimitState state) {
    return !state.admitted() || state.terms().headers().hasStandard();
  }

  /** {@code RateLimit}: how many requests remain, and in how many seconds more will. */
  public static String limit(LimitState state) {
    return "\"" + state.limit().name() + "\";r=" + state.remaining() + ";t=" + state.resetSeconds();
  }
}
