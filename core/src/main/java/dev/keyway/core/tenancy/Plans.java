package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.product.Product;
import org.jspecify.annotations.Nullable;

/** Which plan a workspace can have. */
final class Plans {
  private Plans() {}

  /** A plan of the product; null where the product has none. */
  static @Nullable String of(Product product, @Nullable String plan) {
    if (product.plans().isEmpty()) {
      if (plan != null) {
        throw Invalid.request(product.title() + " has no plans; leave out 'plan'.");
      }
      return null;
    }
    if (plan == null || !product.plans().containsKey(plan)) {
      throw Invalid.request(
          "'plan' must be one of: "
              + String.join(", ", product.plans().keySet().stream().sorted().toList())
              + ".");
    }
    return plan;
  }
}
