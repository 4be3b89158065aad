package dev.keyway.app.assembly;

import dev.keyway.app.command.CommandFailedException;
import dev.keyway.core.product.PrefixStore;
import dev.keyway.core.product.PrefixStore.PrefixUse;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start when a product's keys are to begin otherwise than those that live: the node
 * would call every one of them unknown.
 */
final class PrefixGuard {
  private static final Logger LOG = LoggerFactory.getLogger(PrefixGuard.class);

  private PrefixGuard() {}

  /**
   * Checks the prefixes of the products against the keys of a store. A product that is gone may
   * have been taken out on purpose, so that is only logged.
   *
   * @throws CommandFailedException with the products, their prefixes and what to do
   */
  static void check(PrefixStore store, Products products, Instant now) {
    Map<String, String> prefixes =
        products.all().stream()
            .collect(Collectors.toMap(Product::slug, product -> product.key().prefix()));
    List<PrefixUse> needed = store.note(prefixes, now);
    List<PrefixUse> changed =
        needed.stream().filter(use -> prefixes.containsKey(use.product())).toList();
    if (!changed.isEmpty()) {
      throw new CommandFailedException(
          changed.stream().map(use -> need(use, prefixes)).collect(Collectors.joining(", and "))
              + ": put the old key.prefix back, or with it revoke those keys first"
              + " (docs/guides/on-call.md)");
    }
    needed.forEach(PrefixGuard::warn);
  }

  private static String need(PrefixUse use, Map<String, String> now) {
    return "%s of product '%s' %s with '%s', and its profile now says '%s'"
        .formatted(
            living(use.keys()),
            use.product(),
            use.keys() == 1 ? "begins" : "begin",
            use.prefix(),
            now.get(use.product()));
  }

  private static void warn(PrefixUse use) {
    LOG.warn(
        "no profile is of product '{}' any more; {} of it get 401 invalid_key",
        use.product(),
        living(use.keys()));
  }

  private static String living(int keys) {
    return keys + (keys == 1 ? " living key" : " living keys");
  }
}
