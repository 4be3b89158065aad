package dev.keyway.server.api;

import dev.keyway.core.Deadline;
import dev.keyway.core.apikey.KeyAccess;
import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.RateLimiter;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import org.jspecify.annotations.Nullable;

/** Counts the calls that product keys make to the key operations (MEMO-9). */
final class ManagementLimit {
  private final KeyAccess keyAccess;
  private final Products products;
  private final RateLimiter limiter;

  ManagementLimit(KeyAccess keyAccess, Products products, RateLimiter limiter) {
    this.keyAccess = keyAccess;
    this.products = products;
    this.limiter = limiter;
  }

  /**
   * Counts the call, whatever it then answers, or refuses to; null when it does not count. A key
   * that may not manage keys is refused before.
   */
  @Nullable LimitState count(Call call) {
    if (!(call.caller().principal() instanceof Principal.KeyHolder holder)) {
      return null;
    }
    keyAccess.requireSelfManagement(call.caller());
    Charge charge =
        products.find(holder.key().product()).map(ManagementLimit::chargeOf).orElse(null);
    if (charge == null) {
      return null;
    }
    LimitState state = Deadline.apart(() -> limiter.acquire(charge, holder.verified()));
    return state.isCounted() ? state : null;
  }

  private static @Nullable Charge chargeOf(Product product) {
    return product.limits().charge(product.counting().management(), 1);
  }
}
