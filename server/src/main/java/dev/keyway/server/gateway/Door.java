package dev.keyway.server.gateway;

import dev.keyway.core.apikey.KeyFormat;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Route;
import dev.keyway.core.product.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The gateway in front of one product, as one event loop holds it. */
final class Door {
  private final Product product;
  private final CredentialReader reader;
  private final RouteTable routes;
  private final Cors cors;
  private final AnswerCounters answers;

  Door(Product product, KeyFormat format, GatewayMetrics metrics) {
    this.product = product;
    this.reader = new CredentialReader(product, format);
    this.cors = new Cors(product.corsOrigins());
    this.answers = metrics.answers(product);
    Map<Upstream, UpstreamTarget> targets = new HashMap<>();
    List<GatewayRoute> table = new ArrayList<>();
    for (Route route : product.routes()) {
      UpstreamTarget target =
          targets.computeIfAbsent(
              GatewayRoute.upstreamOf(product, route),
              upstream -> new UpstreamTarget(upstream, metrics.upstream(product, upstream)));
      table.add(new GatewayRoute(product, route, target, reader));
    }
    this.routes = new RouteTable(table);
  }

  Product product() {
    return product;
  }

  CredentialReader reader() {
    return reader;
  }

  RouteTable routes() {
    return routes;
  }

  Cors cors() {
    return cors;
  }

  AnswerCounters answers() {
    return answers;
  }
}
