package dev.keyway.core.apikey;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.Texts;
import dev.keyway.core.product.NamePolicy;
import dev.keyway.core.product.NamePolicy.Use;
import org.jspecify.annotations.Nullable;

/** What a key may be called and how it may be described. */
final class KeyWords {
  private static final int MAX_NAME = 100;
  private static final int MAX_DESCRIPTION = 500;

  private KeyWords() {}

  /** The name of a new key, checked; null where it has none. */
  static @Nullable String nameOfNew(@Nullable String name, NamePolicy policy) {
    if (name == null) {
      if (policy.use() == Use.REQUIRED) {
        throw Invalid.name("A name is required, such as 'laptop/cursor'.");
      }
      return null;
    }
    return name(name, policy);
  }

  /** A name, checked. */
  static String name(String name, NamePolicy policy) {
    if (policy.use() == Use.NONE) {
      throw Invalid.name("Keys of this product have no name; use 'description'.");
    }
    int length = Texts.length(name);
    if (length < 1 || length > MAX_NAME) {
      throw Invalid.name("A name has 1 to " + MAX_NAME + " characters.");
    }
    if (!Texts.isOneLine(name)) {
      throw Invalid.name("A name must not contain control characters or line breaks.");
    }
    var pattern = policy.pattern();
    if (pattern != null && !pattern.matcher(name).matches()) {
      String hint = policy.hint();
      throw Invalid.name(hint != null ? hint : "The name must match '" + pattern.pattern() + "'.");
    }
    return name;
  }

  /** A description, checked; null where there is none. */
  static @Nullable String description(@Nullable String description) {
    if (description == null) {
      return null;
    }
    if (Texts.length(description) > MAX_DESCRIPTION) {
      throw Invalid.request("'description' must have at most " + MAX_DESCRIPTION + " characters.");
    }
    // Line breaks are welcome in a description; other control characters are not.
    if (description.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw Invalid.request("'description' must not contain control characters.");
    }
    return description;
  }
}
