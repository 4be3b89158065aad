package dev.keyway.server.http;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known name that a mistyped one was meant to be. */
final class Nearest {
  private static final int MAX_SHOWN = 40;

  private Nearest() {}

  /** A sentence that names the nearest known name; empty when none is near. */
  static String hint(String name, Collection<String> known) {
    if (name.length() > MAX_SHOWN) {
      return "";
    }
    return known.stream()
        .min(Comparator.<String>comparingInt(k -> distance(name, k)).thenComparing(k -> k))
        .filter(k -> distance(name, k) <= Math.max(2, k.length() / 2))
        .map(k -> " Did you mean '" + k + "'?")
        .orElse("");
  }

  /** The name cut to a length that may stand in an answer. */
  static String shown(String name) {
    return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
  }

  /** Levenshtein's distance: insertions, deletions and replacements. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
