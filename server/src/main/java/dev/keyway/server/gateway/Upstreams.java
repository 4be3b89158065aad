package dev.keyway.server.gateway;

import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Upstream;
import java.util.IdentityHashMap;

/** The upstreams of all products, as one event loop addresses them. */
final class Upstreams {
  // By identity: two products may have upstreams that are equal, and are measured apart.
  private final IdentityHashMap<Upstream, UpstreamTarget> targets = new IdentityHashMap<>();

  Upstreams(Products products, GatewayMetrics metrics) {
    for (Product product : products.all()) {
      for (Upstream upstream : product.upstreams().values()) {
        targets.put(upstream, new UpstreamTarget(upstream, metrics.upstream(product, upstream)));
      }
    }
  }

  UpstreamTarget of(Upstream upstream) {
    UpstreamTarget target = targets.get(upstream);
    if (target == null) {
      throw new IllegalArgumentException("no product has the upstream '" + upstream.name() + "'");
    }
    return target;
  }
}
