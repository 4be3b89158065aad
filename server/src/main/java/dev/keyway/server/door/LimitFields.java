package dev.keyway.server.door;

import dev.keyway.core.limit.LimitState;
import dev.keyway.server.http.AsciiText;
import dev.keyway.server.http.RateLimitHeaders;
import io.vertx.core.MultiMap;

/** The header fields by which a door tells a client what remains of its limit. */
public final class LimitFields {
  private LimitFields() {}

  /** Sets them on an answer. */
  public static void set(MultiMap headers, LimitState state) {
    if (RateLimitHeaders.hasStandard(state)) {
      headers.set(Names.RATE_LIMIT, AsciiText.of(RateLimitHeaders.limit(state)));
      headers.set(Names.RATE_LIMIT_POLICY, AsciiText.of(state.terms().policy()));
    }
    if (state.terms().headers().hasX()) {
      headers.set(Names.X_LIMIT, Long.toString(state.requests()));
      headers.set(Names.X_REMAINING, Long.toString(state.remaining()));
      headers.set(Names.X_RESET, Long.toString(state.resetSeconds()));
    }
  }
}
