package dev.keyway.server.door;

import java.util.Collection;

/**
 * A set of header names in which case does not matter and {@code _} equals {@code -}: some
 * upstreams cannot tell those apart, so neither must what is kept from them.
 *
 * <p>Asked for every header of every request, so it allocates nothing.
 */
public final class HeaderNameSet {
  private final String[] slots;

  public HeaderNameSet(Collection<String> names) {
    slots = new String[Integer.highestOneBit(Math.max(8, names.size() * 4))];
    for (String name : names) {
      int slot = slotOf(name);
      while (slots[slot] != null && !same(slots[slot], name)) {
        slot = (slot + 1) % slots.length;
      }
      slots[slot] = name;
    }
  }

  public boolean contains(CharSequence name) {
    int slot = slotOf(name);
    while (slots[slot] != null) {
      if (same(slots[slot], name)) {
        return true;
      }
      slot = (slot + 1) % slots.length;
    }
    return false;
  }

  /** Whether a name begins with a prefix given in lower case with hyphens. */
  public static boolean startsWith(CharSequence name, String prefix) {
    if (name.length() < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (fold(name.charAt(i)) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int slotOf(CharSequence name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = hash * 31 + fold(name.charAt(i));
    }
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }

  private static boolean same(CharSequence a, CharSequence b) {
    if (a.length() != b.length()) {
      return false;
    }
    for (int i = 0; i < a.length(); i++) {
      if (fold(a.charAt(i)) != fold(b.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static char fold(char c) {
    if (c >= 'A' && c <= 'Z') {
      return (char) (c + ('a' - 'A'));
    }
    return c == '_' ? '-' : c;
  }
}
