package dev.keyway.server.authz;

import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.server.door.AnswerCounters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** What is counted of the answers given to Envoy, as {@code keyway_ext_authz_answers_total}. */
public final class ExtAuthzMetrics {
  private static final String UNKNOWN = "unknown";
  private final Map<String, AnswerCounters> answers = new HashMap<>();
  private final AnswerCounters unknown;

  /** The metrics of these products, and of requests that name none of them. */
  public ExtAuthzMetrics(Products products, MeterRegistry registry) {
    this.unknown = AnswerCounters.ofExtAuthz(registry, UNKNOWN);
    for (Product product : products.all()) {
      answers.put(product.slug(), AnswerCounters.ofExtAuthz(registry, product.slug()));
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
