package dev.keyway.core.product;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where it is noted under which prefix the keys of each product are made: a stored key does not
 * say, and is unknown as soon as another one is expected.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must count and note in one transaction, so that no key is made in between;
 *   <li>must throw {@link dev.keyway.core.UnavailableException} when it cannot answer.
 * </ol>
 */
public interface PrefixStore {

  /**
   * Compares the prefixes of the products with those noted before, and notes those that are new or
   * that no living key depends on.
   *
   * @param prefixes by slug, of all products that there are now
   * @return what living keys depend on and is no longer so: products noted under another prefix, or
   *     that there are no more; by slug
   */
  List<PrefixUse> note(Map<String, String> prefixes, Instant now);

  /**
   * What depends on the prefix of a product.
   *
   * @param keys how many are neither revoked nor deactivated nor expired
   */
  record PrefixUse(String product, String prefix, int keys) {}
}
