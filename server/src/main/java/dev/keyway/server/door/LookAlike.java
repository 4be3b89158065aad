package dev.keyway.server.door;

/**
 * Paths that some upstreams take for one that a route covers, though they are spelled otherwise: in
 * another case, with dots or blanks at the end of a segment, with a character escaped that may
 * stand bare. Allocates nothing: every request is compared.
 */
final class LookAlike {
  private static final int ESCAPE_LENGTH = 3;

  private LookAlike() {}

  /** Whether {@code path} may be taken for one at or below {@code route}. */
  static boolean of(String path, String route) {
    int at = 0;
    for (int i = 0; i < route.length(); i++) {
      char wanted = route.charAt(i);
      if (wanted == '/') {
        at = afterPadding(path, at);
      }
      if (at >= path.length() || fold(wanted) != fold(charAt(path, at))) {
        return false;
      }
      at += lengthAt(path, at);
    }
    at = afterPadding(path, at);
    return at == path.length() || path.charAt(at) == '/' || route.endsWith("/");
  }

  /**
   * The end of the dots and blanks from an index, if with them the segment ends; else the index.
   */
  private static int afterPadding(String path, int from) {
    int at = from;
    while (at < path.length() && isPadding(charAt(path, at))) {
      at += lengthAt(path, at);
    }
    return at == path.length() || path.charAt(at) == '/' ? at : from;
  }

  private static boolean isPadding(int c) {
    return c == '.' || c == ' ';
  }

  private static int charAt(String path, int index) {
    return isEscape(path, index) ? PercentCode.byteAt(path, index) : path.charAt(index);
  }

  private static int lengthAt(String path, int index) {
    return isEscape(path, index) ? ESCAPE_LENGTH : 1;
  }

  private static boolean isEscape(String path, int index) {
    return path.charAt(index) == '%' && PercentCode.byteAt(path, index) >= 0;
  }

  private static int fold(int c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }
}
