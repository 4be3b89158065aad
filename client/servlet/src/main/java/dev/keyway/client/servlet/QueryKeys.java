package dev.keyway.client.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes keys out of a query; the other parameters stay as they came. */
final class QueryKeys {
  private static final Set<String> NAMES = Set.of("apikey", "api_key", "access_token");

  private final List<String> kept = new ArrayList<>();

  /** How many values of each parameter were taken out. */
  private final Map<String, Integer> taken = new HashMap<>();

  private final @Nullable String query;

  QueryKeys(@Nullable String query) {
    this.query = query;
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      if (NAMES.contains(name) || KeyForm.isIn(value) || KeyForm.isIn(decoded(value))) {
        taken.merge(name, 1, Integer::sum);
      } else {
        kept.add(parameter);
      }
    }
  }

  /** The query without keys; null for none. */
  @Nullable String rest() {
    if (taken.isEmpty()) {
      return query;
    }
    return kept.isEmpty() ? null : String.join("&", kept);
  }

  /**
   * The application's parameters without those that were taken. A container puts the query's values
   * before the body's, and a body is no place of a key.
   */
  Map<String, String[]> without(Map<String, String[]> parameters) {
    if (taken.isEmpty()) {
      return parameters;
    }
    Map<String, String[]> rest = new HashMap<>(parameters);
    taken.forEach((name, count) -> rest.computeIfPresent(name, (n, all) -> without(all, count, n)));
    return Map.copyOf(rest);
  }

  private String @Nullable [] without(String[] values, int count, String name) {
    List<String> left = new ArrayList<>();
    int skipped = 0;
    for (String value : values) {
      if (skipped < count && (NAMES.contains(name) || KeyForm.isIn(value))) {
        skipped++;
      } else {
        left.add(value);
      }
    }
    return left.isEmpty() ? null : left.toArray(new String[0]);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
