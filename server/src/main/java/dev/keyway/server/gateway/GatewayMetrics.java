package dev.keyway.server.gateway;

import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Upstream;
import dev.keyway.server.door.AnswerCounters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** What the gateway counts and times, for all its event loops. */
public final class GatewayMetrics {
  private static final String UNKNOWN = "unknown";

  private final Map<String, AnswerCounters> answers = new HashMap<>();
  private final Map<String, UpstreamMeters> upstreams = new HashMap<>();
  private final AnswerCounters unknown;

  /** The metrics of these products, and of requests that name none of them. */
  public GatewayMetrics(Products products, MeterRegistry registry) {
    this.unknown = AnswerCounters.ofGateway(registry, UNKNOWN);
    for (Product product : products.all()) {
      answers.put(product.slug(), AnswerCounters.ofGateway(registry, product.slug()));
      for (Upstream upstream : product.upstreams().values()) {
        upstreams.put(
            place(product, upstream),
            new UpstreamMeters(registry, product.slug(), upstream.name()));
      }
    }
  }

  AnswerCounters answers(Product product) {
    return answers.getOrDefault(product.slug(), unknown);
  }

  /** For requests whose product is not known. */
  AnswerCounters unknownProduct() {
    return unknown;
  }

  /** What is measured of an upstream. */
  UpstreamMeters upstream(Product product, Upstream upstream) {
    UpstreamMeters meters = upstreams.get(place(product, upstream));
    if (meters == null) {
      throw new IllegalArgumentException("no product has the upstream '" + upstream.name() + "'");
    }
    return meters;
  }

  private static String place(Product product, Upstream upstream) {
    return product.slug() + "/" + upstream.name();
  }
}
