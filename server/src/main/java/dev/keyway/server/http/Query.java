package dev.keyway.server.http;

import dev.keyway.core.RefusedException.Invalid;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A query's parameters, decoded; an unknown one is refused and the nearest known one named. */
public final class Query {
  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  static Query parse(String raw, Set<String> allowed) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!allowed.contains(name)) {
        throw Invalid.request(
            "'%s' is no parameter of this call.%s"
                .formatted(Nearest.shown(name), Nearest.hint(name, allowed)));
      }
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return new Query(values);
  }

  /**
   * The value of a parameter; null when it is absent or empty.
   *
   * @throws Invalid when it occurs more than once
   */
  public @Nullable String one(String name) {
    List<String> all = values.getOrDefault(name, List.of());
    if (all.size() > 1) {
      throw Invalid.request("'" + name + "' was given more than once.");
    }
    return all.isEmpty() || all.getFirst().isEmpty() ? null : all.getFirst();
  }

  /** Every value of a parameter, whether it was repeated or its values joined by commas. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static String decode(String text) {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (decoded.indexOf('\0') >= 0 || decoded.indexOf('\uFFFD') >= 0) {
        throw Invalid.request("The query holds a character that no value may have.");
      }
      return decoded;
    } catch (IllegalArgumentException e) {
      throw Invalid.request("The query is not percent-encoded as it should be.");
    }
  }
}
