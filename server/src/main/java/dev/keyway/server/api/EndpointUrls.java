package dev.keyway.server.api;

import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Route;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that carry their key, for MCP clients that know nothing but an address (LAKE-3).
 */
final class EndpointUrls {
  private final Products products;
  private final Supplier<String> gatewayUrl;

  EndpointUrls(Products products, Supplier<String> gatewayUrl) {
    this.products = products;
    this.gatewayUrl = gatewayUrl;
  }

  /**
   * The address of the product's first MCP route with the key in it; null where the product does
   * not accept keys in the query.
   */
  @Nullable String of(String slug, String key) {
    Product product = products.find(slug).orElseThrow();
    return parameter(product)
        .flatMap(parameter ->
            mcpPath(product)
                .map(path -> gatewayUrl.get() + "/" + slug + path + "?" + parameter + "=" + key))
        .orElse(null);
  }

  private static Optional<String> parameter(Product product) {
    return product.carriers().stream()
        .filter(carrier -> carrier.place() == Place.QUERY)
        .map(Carrier::parameter)
        .findFirst();
  }

  private static Optional<String> mcpPath(Product product) {
    return product.routes().stream()
        .filter(route -> route.kind() == Route.Kind.MCP && route.scopeSegment() == null)
        .map(Route::path)
        .findFirst();
  }
}
