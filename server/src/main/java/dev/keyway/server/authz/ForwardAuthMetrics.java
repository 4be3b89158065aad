package dev.keyway.server.authz;

import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.server.door.AnswerCounters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** What forward-auth counts, for all its event loops. */
public final class ForwardAuthMetrics {
  private static final String UNKNOWN = "unknown";

  private final Map<String, AnswerCounters> answers = new HashMap<>();
  private final AnswerCounters unknown;

  /** The metrics of these products, and of requests that name none of them. */
  public ForwardAuthMetrics(Products products, MeterRegistry registry) {
    this.unknown = AnswerCounters.ofForwardAuth(registry, UNKNOWN);
    for (Product product : products.all()) {
      answers.put(product.slug(), AnswerCounters.ofForwardAuth(registry, product.slug()));
    }
  }

  AnswerCounters answers(Product product) {
    return answers.getOrDefault(product.slug(), unknown);
  }

  /** For requests whose product is not known. */
  AnswerCounters unknownProduct() {
    return unknown;
  }
}
