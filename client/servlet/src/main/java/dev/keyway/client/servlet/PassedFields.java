package dev.keyway.client.servlet;

import dev.keyway.client.KeywayIdentity;
import dev.keyway.client.servlet.FilterSettings.Credentials;
import jakarta.servlet.http.HttpServletRequest;
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
 * {@code _} for {@code -}), no key, and what was decided.
 */
final class PassedFields {
  private static final Set<String> KEYS = Set.of("authorization", "x-api-key");

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
    return isHidden(name) ? List.of() : Collections.list(request.getHeaders(name));
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : Collections.list(request.getHeaderNames())) {
      if (!isHidden(name)) {
        names.add(name);
      }
    }
    names.addAll(decided.keySet());
    return names;
  }

  private boolean isHidden(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return plain.startsWith("keyway-")
        || (credentials == Credentials.REMOVED && KEYS.contains(plain));
  }
}
