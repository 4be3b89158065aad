package dev.keyway.client.servlet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of Keyway's own sessions. A browser sends them to an application on the same host;
 * whoever reads one can act in the portal in its owner's place.
 */
final class OwnCookies {
  private OwnCookies() {}

  /** Whether a cookie has a name of Keyway's. */
  static boolean isOne(String name) {
    return name.equalsIgnoreCase("__Host-keyway") || name.equalsIgnoreCase("keyway_session");
  }

  /** A {@code Cookie} field without them; null when none is left. */
  static @Nullable String taken(String cookies) {
    List<String> kept = new ArrayList<>();
    for (String pair : cookies.split(";", -1)) {
      if (!pair.isBlank() && !isPairOfOne(pair)) {
        kept.add(pair.strip());
      }
    }
    return kept.isEmpty() ? null : String.join("; ", kept);
  }

  /** One whose name is empty may be read as if its value were name and value (RFC 6265bis, 5.7). */
  private static boolean isPairOfOne(String pair) {
    int equals = pair.indexOf('=');
    String name = (equals < 0 ? pair : pair.substring(0, equals)).strip();
    return name.isEmpty() || isOne(name);
  }
}
