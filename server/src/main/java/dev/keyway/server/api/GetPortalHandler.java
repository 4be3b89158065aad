package dev.keyway.server.api;

import dev.keyway.core.product.ListProducts;
import dev.keyway.server.http.Handler;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Request;
import dev.keyway.server.http.Response;

/** {@code GET /v1/portal}: tells anybody where one can sign in, and nothing else. */
final class GetPortalHandler implements Handler {
  private final ListProducts listProducts;

  GetPortalHandler(ListProducts listProducts) {
    this.listProducts = listProducts;
  }

  @Override
  public Response handle(Request request) {
    var titles = listProducts.all().stream().map(ProductJson::title).toList();
    return Response.json(200, new JsonObject().putAll("products", titles));
  }
}
