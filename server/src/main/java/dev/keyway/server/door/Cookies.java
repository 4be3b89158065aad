package dev.keyway.server.door;

import org.jspecify.annotations.Nullable;

/** Keeps Keyway's own cookies from upstreams, and upstreams from setting them. */
public final class Cookies {
  private static final String SECURE_NAME = "__Host-keyway";
  private static final String PLAIN_NAME = "keyway_session";

  private Cookies() {}

  /** A {@code Cookie} header without Keyway's cookies; null when none is left. */
  public static @Nullable String withoutOurs(String cookies) {
    var kept = new StringBuilder(cookies.length());
    int from = 0;
    while (from <= cookies.length()) {
      int semicolon = cookies.indexOf(';', from);
      int to = semicolon < 0 ? cookies.length() : semicolon;
      String pair = cookies.substring(from, to).strip();
      if (!pair.isEmpty() && !isOurs(pair)) {
        kept.append(kept.isEmpty() ? "" : "; ").append(pair);
      }
      from = to + 1;
    }
    return kept.isEmpty() ? null : kept.toString();
  }

  /**
   * Whether a cookie, as {@code Set-Cookie} or one pair of {@code Cookie}, has a name of ours. One
   * whose name is empty counts as ours: browsers send its value alone (RFC 6265bis, 5.7), and that
   * may read as any name.
   */
  public static boolean isOurs(String cookie) {
    int semicolon = cookie.indexOf(';');
    String pair = semicolon < 0 ? cookie : cookie.substring(0, semicolon);
    int end = pair.indexOf('=');
    String name = (end < 0 ? pair : pair.substring(0, end)).strip();
    return (end >= 0 && name.isEmpty())
        || name.equalsIgnoreCase(SECURE_NAME)
        || name.equalsIgnoreCase(PLAIN_NAME);
  }
}
