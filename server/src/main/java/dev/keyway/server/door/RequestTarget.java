package dev.keyway.server.door;

import org.jspecify.annotations.Nullable;

/**
 * The target of a request in origin form (RFC 9112, 3.2.1).
 *
 * @param path as it came; begins with a slash
 * @param query what follows the question mark, as it came; null for none
 */
public record RequestTarget(String path, @Nullable String query) {
  private static final String WELL_KNOWN = "/.well-known/";

  /** Reads a target; null when it is not in origin form, or not of visible ASCII characters. */
  public static @Nullable RequestTarget of(String target) {
    if (target.isEmpty() || target.charAt(0) != '/') {
      return null;
    }
    int question = -1;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return null;
      }
      if (c == '?' && question < 0) {
        question = i;
      }
    }
    return question < 0
        ? new RequestTarget(target, null)
        : new RequestTarget(target.substring(0, question), target.substring(question + 1));
  }

  /**
   * Whether the path says the same to everyone. What an upstream might read as another path than
   * the one that was checked is refused: empty and dot segments, parameters after a semicolon,
   * backslashes, escaped separators, control and unreserved characters, double escapes, and bytes
   * that are not UTF-8, which some readers take for an overlong separator.
   */
  public boolean isUnambiguous() {
    boolean isAscii = true;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == ';' || c == '\\') {
        return false;
      }
      if (c == '/' && (isEmptySegmentAt(i + 1) || isDotSegmentAt(i + 1))) {
        return false;
      }
      if (c == '%') {
        if (!isHarmlessEscape(i)) {
          return false;
        }
        isAscii &= PercentCode.byteAt(path, i) < 0x80;
      }
    }
    return isAscii || PercentCode.isUtf8(path);
  }

  /**
   * Whether an OAuth or OpenID client looks here for metadata that Keyway does not have. It must be
   * told so without authentication, or it would go on to ask for a login.
   */
  public boolean isDiscovery() {
    for (int at = path.indexOf(WELL_KNOWN); at >= 0; at = path.indexOf(WELL_KNOWN, at + 1)) {
      int next = at + WELL_KNOWN.length();
      if (path.startsWith("oauth-", next) || path.startsWith("openid-", next)) {
        return true;
      }
    }
    return false;
  }

  /** The path's segment of that number, from 1, decoded; null when the path is shorter. */
  public static @Nullable String segment(String path, int number) {
    int from = 1;
    for (int n = 1; n < number; n++) {
      int slash = path.indexOf('/', from);
      if (slash < 0) {
        return null;
      }
      from = slash + 1;
    }
    int end = path.indexOf('/', from);
    String raw = path.substring(Math.min(from, path.length()), end < 0 ? path.length() : end);
    return raw.isEmpty() ? null : PercentCode.decodeSegment(raw);
  }

  private boolean isEmptySegmentAt(int index) {
    return index < path.length() && path.charAt(index) == '/';
  }

  private boolean isDotSegmentAt(int index) {
    int end = index;
    while (end < path.length() && path.charAt(end) == '.') {
      end++;
    }
    int dots = end - index;
    return (dots == 1 || dots == 2) && (end == path.length() || path.charAt(end) == '/');
  }

  private boolean isHarmlessEscape(int index) {
    int c = PercentCode.byteAt(path, index);
    if (c < ' ' || c == 0x7f || c == '/' || c == '\\' || c == ';' || isUnreserved(c)) {
      return false;
    }
    boolean escapesAnEscape =
        c == '%'
            && index + 4 < path.length()
            && Character.digit(path.charAt(index + 3), 16) >= 0
            && Character.digit(path.charAt(index + 4), 16) >= 0;
    return !escapesAnEscape;
  }

  /** RFC 3986, 2.3: an escaped one means the same as the bare one, and nobody needs to send it. */
  private static boolean isUnreserved(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
