package dev.keyway.server.gateway;

import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Upstream;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What the gateway counts and times, for all its event loops. */
public final class GatewayMetrics {
  /** Steps of the histogram: from a cached answer of a neighbour to the longest patience. */
  private static final Duration[] STEPS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private static final String UNKNOWN = "unknown";

  private final Map<String, AnswerCounters> answers = new HashMap<>();
  private final Map<String, Timer> firstBytes = new HashMap<>();
  private final AnswerCounters unknown;

  /** The metrics of these products, and of requests that name none of them. */
  public GatewayMetrics(Products products, MeterRegistry registry) {
    this.unknown = new AnswerCounters(registry, UNKNOWN);
    for (Product product : products.all()) {
      answers.put(product.slug(), new AnswerCounters(registry, product.slug()));
      for (Upstream upstream : product.upstreams().values()) {
        firstBytes.put(place(product, upstream), timer(registry, product, upstream));
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

  /** Takes how long an upstream lets the head of its answer wait. */
  Timer firstByte(Product product, Upstream upstream) {
    Timer timer = firstBytes.get(place(product, upstream));
    if (timer == null) {
      throw new IllegalArgumentException("no product has the upstream '" + upstream.name() + "'");
    }
    return timer;
  }

  private static String place(Product product, Upstream upstream) {
    return product.slug() + "/" + upstream.name();
  }

  private static Timer timer(MeterRegistry registry, Product product, Upstream upstream) {
    return Timer.builder("keyway.upstream.first.byte")
        .description("Time from a request handed to an upstream to the head of its answer")
        .tag("product", product.slug())
        .tag("upstream", upstream.name())
        .serviceLevelObjectives(STEPS)
        .register(registry);
  }
}
