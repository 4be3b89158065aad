package dev.keyway.server.gateway;

import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.RateLimit;
import io.vertx.core.MultiMap;

/** {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10). */
final class RateLimitFields {
  private RateLimitFields() {}

  static void set(MultiMap headers, LimitState state) {
    headers.set(Names.RATE_LIMIT, limit(state));
    headers.set(Names.RATE_LIMIT_POLICY, policy(state.limit()));
  }

  /** How many requests remain, and in how many seconds more will. */
  static String limit(LimitState state) {
    long seconds = state.retryAfterSeconds();
    return "\"" + state.limit().name() + "\";r=" + state.remaining() + ";t=" + seconds;
  }

  /** The quota and its window in seconds. */
  static String policy(RateLimit limit) {
    return "\"" + limit.name() + "\";q=" + limit.requests() + ";w=" + limit.window().toSeconds();
  }
}
