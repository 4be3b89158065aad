package dev.keyway.client.servlet;

import dev.keyway.client.KeywayIdentity;
import dev.keyway.client.servlet.FilterSettings.Credentials;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields that the application sees: nothing that a client calls {@code Keyway-*} (in any case,
 * {@code _} for {@code -}), no key, none of Keyway's own cookies, nothing that claims another path
 * or method than was checked, and what was decided.
 */
final class PassedFields {
  private static final Set<String> KEYS =
      Set.of("authorization", "proxy-authorization", "x-api-key");

  /** A POST that the application takes for a DELETE would pass a route that allows no DELETE. */
  private static final Set<String> CLAIMS =
      Set.of(
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-method",
          "x-original-uri",
          "x-original-url",
          "x-rewrite-url",
          "x-forwarded-method",
          "x-forwarded-uri",
          "x-forwarded-prefix");

  private final HttpServletRequest request;
  private final Credentials credentials;
  private final Map<String, String> decided = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  PassedFields(
      HttpServletRequest request, @Nullable KeywayIdentity identity, Credentials credentials) {
    this.request = request;
    this.credentials = credentials;
    if (identity != null) {
      decided.put("Keyway-Key-Id", identity.keyId());
      decided.put("Keyway-Account-Id", identity.accountId());
      decided.put("Keyway-Request-Id", identity.requestId());
      identity.workspaceId().ifPresent(id -> decided.put("Keyway-Workspace-Id", id));
      identity.resourceId().ifPresent(id -> decided.put("Keyway-Resource-Id", id));
      identity.signed().ifPresent(token -> decided.put("Keyway-Identity", token));
    }
  }

  @Nullable String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.get(0);
  }

  List<String> all(String name) {
    String value = decided.get(name);
    if (value != null) {
      return List.of(value);
    }
    if (isHidden(name)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders(name))) {
      String shown = shown(name, line);
      if (shown != null) {
        lines.add(shown);
      }
    }
    return lines;
  }

  /** A line without what is not the application's; null when nothing is left. */
  private @Nullable String shown(String name, String line) {
    if (name.equalsIgnoreCase("Cookie")) {
      return OwnCookies.taken(line);
    }
    if (name.equalsIgnoreCase("Referer") && credentials == Credentials.REMOVED) {
      return QueryKeys.addressWithoutKeys(line);
    }
    return line;
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : Collections.list(request.getHeaderNames())) {
      if (first(name) != null) {
        names.add(name);
      }
    }
    names.addAll(decided.keySet());
    return names;
  }

  private boolean isHidden(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return plain.startsWith("keyway-")
        || CLAIMS.contains(plain)
        || (credentials == Credentials.REMOVED && KEYS.contains(plain));
  }
}
