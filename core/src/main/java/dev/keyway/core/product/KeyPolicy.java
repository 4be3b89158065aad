package dev.keyway.core.product;

import dev.keyway.core.apikey.ScopeKind;
import org.jspecify.annotations.Nullable;

/**
 * What a product's keys look like and how they live.
 *
 * @param prefix what every key begins with
 * @param show which part of a key is kept for display
 * @param scope what kind of thing a key opens
 * @param maxActive places for active keys in one scope; null for no limit
 */
public record KeyPolicy(
    String prefix,
    Show show,
    ScopeKind scope,
    NamePolicy name,
    @Nullable Integer maxActive,
    ExpiryPolicy expiry) {

  /** The part of a key by which its owner recognises it afterwards. */
  public enum Show {
    /** The product's prefix and the first six characters of the id (MEKO-4). */
    PREFIX,
    /** The last four characters (MEMO-2). */
    SUFFIX,
    /** The key id (MECHA-4). */
    ID,
    NONE
  }
}
