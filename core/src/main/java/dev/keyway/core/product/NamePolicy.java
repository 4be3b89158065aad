package dev.keyway.core.product;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a key may be called.
 *
 * @param use whether a key has a name
 * @param pattern what the whole name has to match; null for no rule
 * @param hint the rule in words, for the refusal; null for a general one
 */
public record NamePolicy(Use use, @Nullable Pattern pattern, @Nullable String hint) {

  /** Whether a key has a name. */
  public enum Use {
    REQUIRED,
    OPTIONAL,
    /** Keys are told apart by their description (LAKE-1). */
    NONE
  }
}
