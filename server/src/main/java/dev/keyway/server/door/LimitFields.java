package dev.keyway.server.door;

import dev.keyway.core.limit.LimitState;
import dev.keyway.server.http.RateLimitHeaders;
import io.vertx.core.MultiMap;

/** The header fields by which a door tells a client what remains of its limit. */
public final class LimitFields {
  private LimitFields() {}

  /** Sets them on an answer. */
  public static void set(MultiMap headers, LimitState state) {
    headers.set(Names.RATE_LIMIT, RateLimitHeaders.limit(state));
    headers.set(Names.RATE_LIMIT_POLICY, RateLimitHeaders.policy(state.limit()));
  }
}
