package dev.keyway.server.door;

import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Route;
import dev.keyway.core.product.Upstream;
import org.jspecify.annotations.Nullable;

/** A route with all that its requests need, looked up once. */
public final class DoorRoute {
  private final Route route;
  private final Upstream upstream;
  private final @Nullable RateLimit limit;

  DoorRoute(Product product, Route route) {
    this.route = route;
    this.upstream =
        required(product.upstreams().get(route.upstream()), "upstream", route.upstream());
    String name = route.limit();
    this.limit = name == null ? null : required(product.limits().get(name), "limit", name);
  }

  String path() {
    return route.path();
  }

  /** What the profile says of it. */
  public Route route() {
    return route;
  }

  boolean allows(String method) {
    return route.methods().isEmpty() || route.methods().contains(method);
  }

  /** Whether the Model Context Protocol is spoken on it. */
  public boolean isMcp() {
    return route.kind() == Route.Kind.MCP;
  }

  /** Whether its upstream is told who calls by a signed token. */
  public boolean isSigned() {
    return route.identity() == Route.Identity.SIGNED;
  }

  /** Where its requests go. */
  public Upstream upstream() {
    return upstream;
  }

  /** What each request counts against; null for nothing. */
  public @Nullable RateLimit limit() {
    return limit;
  }

  private static <T> T required(@Nullable T found, String what, String name) {
    if (found == null) {
      throw new IllegalArgumentException("a route names the unknown " + what + " '" + name + "'");
    }
    return found;
  }
}
