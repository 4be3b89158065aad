package dev.keyway.core;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rules for texts that people give. */
public final class Texts {
  private Texts() {}

  /** Whether a text has no control characters and no line or paragraph separators. */
  public static boolean isOneLine(String text) {
    return text.codePoints()
        .noneMatch(c ->
            Character.isISOControl(c)
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
  }

  /** A required one-line text of at most {@code max} characters; refused otherwise. */
  public static String line(String field, @Nullable String text, int max) {
    if (text == null || text.isBlank()) {
      throw RefusedException.Invalid.request("'" + field + "' is required.");
    }
    if (length(text) > max || !isOneLine(text)) {
      throw RefusedException.Invalid.request(
          "'" + field + "' must be one line of at most " + max + " characters.");
    }
    return text;
  }

  /** The form in which two texts are equal whatever their case and their way of composing. */
  public static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** The length in characters as people count them, not in UTF-16 units. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
