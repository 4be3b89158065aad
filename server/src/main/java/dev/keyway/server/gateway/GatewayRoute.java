package dev.keyway.server.gateway;

import dev.keyway.core.limit.Charge;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Route;
import dev.keyway.core.product.Upstream;
import org.jspecify.annotations.Nullable;

/** A route with all that its requests need, looked up once. */
final class GatewayRoute {
  private final Route route;
  private final UpstreamTarget upstream;
  private final CredentialReader reader;
  private final @Nullable Charge charge;

  GatewayRoute(Product product, Route route, UpstreamTarget upstream, CredentialReader reader) {
    this.route = route;
    this.upstream = upstream;
    this.reader = reader;
    this.charge = product.limits().charge(route.limits(), route.cost());
  }

  String path() {
    return route.path();
  }

  Route route() {
    return route;
  }

  boolean allows(String method) {
    return route.methods().isEmpty() || route.methods().contains(method);
  }

  boolean isMcp() {
    return route.kind() == Route.Kind.MCP;
  }

  boolean isSigned() {
    return route.identity() == Route.Identity.SIGNED;
  }

  UpstreamTarget upstream() {
    return upstream;
  }

  CredentialReader reader() {
    return reader;
  }

  /** What each request counts; null for nothing. */
  @Nullable Charge charge() {
    return charge;
  }

  static Upstream upstreamOf(Product product, Route route) {
    return required(product.upstreams().get(route.upstream()), "upstream", route.upstream());
  }

  private static <T> T required(@Nullable T found, String what, String name) {
    if (found == null) {
      throw new IllegalArgumentException("a route names the unknown " + what + " '" + name + "'");
    }
    return found;
  }
}
