package dev.keyway.client.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes keys out of a query; the other parameters stay as they came.
 *
 * <p>Both {@code &} and {@code ;} separate, as Keyway reads them: a key that it finds must not be
 * missed here. Containers know the first only.
 */
final class QueryKeys {
  private static final Set<String> NAMES = Set.of("apikey", "api_key", "access_token");

  private final @Nullable String query;
  private final @Nullable String rest;

  QueryKeys(@Nullable String query) {
    this.query = query;
    this.rest = query == null ? null : withoutKeys(query);
  }

  /** An address, such as that of a {@code Referer}, without the keys in its query. */
  static String addressWithoutKeys(String address) {
    int question = address.indexOf('?');
    if (question < 0) {
      return address;
    }
    String rest = withoutKeys(address.substring(question + 1));
    String page = address.substring(0, question);
    return rest == null ? page : page + '?' + rest;
  }

  /** The query without keys; null for none. */
  @Nullable String rest() {
    return rest;
  }

  /**
   * The application's parameters without the keys of the query. A container puts the query's values
   * before the body's, and a body is no place of a key.
   */
  Map<String, String[]> without(Map<String, String[]> parameters) {
    if (query == null || query.equals(rest)) {
      return parameters;
    }
    Map<String, List<String>> asked = valuesOf(query);
    Map<String, List<String>> left = valuesOf(rest == null ? "" : rest);
    Map<String, String[]> all = new HashMap<>();
    parameters.forEach((name, values) -> {
      int fromQuery = asked.getOrDefault(name, List.of()).size();
      List<String> kept = new ArrayList<>(left.getOrDefault(name, List.of()));
      kept.addAll(Arrays.asList(values).subList(Math.min(fromQuery, values.length), values.length));
      if (!kept.isEmpty()) {
        all.put(name, kept.toArray(new String[0]));
      }
    });
    return Map.copyOf(all);
  }

  private static @Nullable String withoutKeys(String query) {
    StringBuilder kept = new StringBuilder(query.length());
    boolean isFirst = true;
    int from = 0;
    for (int to = 0; to <= query.length(); to++) {
      if (to == query.length() || isSeparator(query.charAt(to))) {
        if (!carriesKey(query.substring(from, to))) {
          kept.append(query, isFirst ? from : from - 1, to);
          isFirst = false;
        }
        from = to + 1;
      }
    }
    return isFirst ? null : kept.toString();
  }

  private static boolean isSeparator(char c) {
    return c == '&' || c == ';';
  }

  private static boolean carriesKey(String parameter) {
    String name = name(parameter);
    return NAMES.contains(name) || isKey(name) || isKey(value(parameter));
  }

  private static boolean isKey(String text) {
    return KeyForm.isIn(text) || KeyForm.isIn(decoded(text));
  }

  /** As a container reads them. */
  private static Map<String, List<String>> valuesOf(String query) {
    Map<String, List<String>> values = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        values.computeIfAbsent(name(parameter), any -> new ArrayList<>()).add(value(parameter));
      }
    }
    return values;
  }

  private static String name(String parameter) {
    int equals = parameter.indexOf('=');
    return decoded(equals < 0 ? parameter : parameter.substring(0, equals));
  }

  private static String value(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? "" : decoded(parameter.substring(equals + 1));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
