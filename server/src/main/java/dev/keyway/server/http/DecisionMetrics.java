package dev.keyway.server.http;

import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.verify.DenialReason;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Cause;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationDecision.Indeterminate;
import dev.keyway.core.verify.VerificationObserver;
import dev.keyway.core.verify.VerificationRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts decisions by product, outcome and reason as {@code keyway_decisions_total}.
 *
 * <p>Called for every request on the event loop, so all counters exist before the first one: a
 * decision costs one look-up and one add.
 */
public final class DecisionMetrics implements VerificationObserver {
  private static final String UNKNOWN = "unknown";

  private final Map<String, Counters> byProduct = new HashMap<>();
  private final Counters unknown;

  /** The counters of these products, and of what belongs to none of them. */
  public DecisionMetrics(Products products, MeterRegistry registry) {
    for (Product product : products.all()) {
      byProduct.put(product.slug(), new Counters(registry, product.slug()));
    }
    this.unknown = new Counters(registry, UNKNOWN);
  }

  @Override
  public void decided(VerificationRequest request, VerificationDecision decision, long atMillis) {
    switch (decision) {
      case Allowed allowed -> of(request, allowed.key()).allowed.increment();
      case Denied denied -> increment(of(request, denied.key()).denied.get(denied.reason()));
      case Indeterminate indeterminate ->
          increment(of(request, null).indeterminate.get(indeterminate.cause()));
    }
  }

  /** The counters of the product where the key is used, or else of the one it belongs to. */
  private Counters of(VerificationRequest request, @Nullable VerifiableKey key) {
    Product product = request.product();
    if (product != null) {
      return byProduct.getOrDefault(product.slug(), unknown);
    }
    return key == null ? unknown : byProduct.getOrDefault(key.product(), unknown);
  }

  private static void increment(@Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }

  /** The counters of one product. */
  private static final class Counters {
    private final Counter allowed;
    private final Map<DenialReason, Counter> denied = new EnumMap<>(DenialReason.class);
    private final Map<Cause, Counter> indeterminate = new EnumMap<>(Cause.class);

    Counters(MeterRegistry registry, String product) {
      this.allowed = counter(registry, product, "allowed", "none");
      for (DenialReason reason : DenialReason.values()) {
        denied.put(reason, counter(registry, product, "denied", reason.text()));
      }
      for (Cause cause : Cause.values()) {
        String reason = cause.name().toLowerCase(Locale.ROOT);
        indeterminate.put(cause, counter(registry, product, "indeterminate", reason));
      }
    }

    private static Counter counter(
        MeterRegistry registry, String product, String outcome, String reason) {
      return Counter.builder("keyway.decisions")
          .description("Decisions about credentials")
          .tag("product", product)
          .tag("outcome", outcome)
          .tag("reason", reason)
          .register(registry);
    }
  }
}
