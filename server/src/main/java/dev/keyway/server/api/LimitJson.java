package dev.keyway.server.api;

import dev.keyway.core.limit.Allowance;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.Period;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.server.http.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A limit as the API shows it: what the profile says of it, and where a caller stands with it. */
final class LimitJson {
  private LimitJson() {}

  /** What the profile says. */
  static JsonObject of(RateLimit limit) {
    var json = new JsonObject().put("limit", limit.name());
    switch (limit.requests()) {
      case Allowance.Same(var requests) -> json.put("requests", requests);
      case Allowance.ByPlan _ -> json.putNull("requests");
    }
    json.putAll("requests_by_plan", byPlan(limit.requests()));
    switch (limit.period()) {
      case Period.Rolling(var window) -> json.put("per_seconds", window.toSeconds());
      case Period.Calendar _ -> json.putNull("per_seconds");
    }
    return json.put("per", per(limit.period())).put("by", limit.by().text());
  }

  /** Where a caller stands with the limit that binds. */
  static JsonObject of(LimitState state) {
    return new JsonObject()
        .put("limit", state.limit().name())
        .put("by", state.limit().by().text())
        .put("per", per(state.limit().period()))
        .put("requests", state.requests())
        .put("remaining", state.remaining())
        .put("reset_seconds", state.resetSeconds());
  }

  private static List<JsonObject> byPlan(Allowance allowance) {
    Map<String, Long> numbers =
        allowance instanceof Allowance.ByPlan(var requests) ? requests : Map.of();
    return numbers.entrySet().stream()
        .map(
            entry -> new JsonObject().put("plan", entry.getKey()).put("requests", entry.getValue()))
        .toList();
  }

  /** {@code 90s}, {@code day} or {@code month}. */
  static String per(Period period) {
    return switch (period) {
      case Period.Rolling(var window) -> window.toSeconds() + "s";
      case Period.Calendar calendar -> calendar.name().toLowerCase(Locale.ROOT);
    };
  }
}
