package dev.keyway.server.portal;

import java.util.List;
import java.util.regex.Pattern;

/** What a client says it takes, in a header field with weights (RFC 9110, 12.4.2). */
final class Accepted {
  private static final Pattern NOTHING = Pattern.compile("(?i)q=0(?:\\.0*)?");

  private Accepted() {}

  /** Whether one of the fields names this value, and not with the weight 0. */
  static boolean names(String value, List<String> fields) {
    for (String field : fields) {
      for (String wish : field.split(",", -1)) {
        if (isFor(value, wish)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isFor(String value, String wish) {
    String[] parts = wish.split(";", -1);
    if (!parts[0].strip().equalsIgnoreCase(value)) {
      return false;
    }
    for (String parameter : parts) {
      if (NOTHING.matcher(parameter.strip()).matches()) {
        return false;
      }
    }
    return true;
  }
}
