package dev.keyway.server.http;

import dev.keyway.core.Nearest;
import java.util.Collection;

/** How a refusal speaks of a name that nobody knows: cut short, and with the one it resembles. */
final class UnknownName {
  private static final int MAX_SHOWN = 40;

  private UnknownName() {}

  /** A sentence that names the nearest known name; empty when none is near. */
  static String hint(String name, Collection<String> known) {
    if (name.length() > MAX_SHOWN) {
      return "";
    }
    return Nearest.to(name, known).map(near -> " Did you mean '" + near + "'?").orElse("");
  }

  /** The name cut to a length that may stand in an answer. */
  static String shown(String name) {
    return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
  }
}
