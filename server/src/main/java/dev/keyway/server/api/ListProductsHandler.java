package dev.keyway.server.api;

import dev.keyway.core.product.ListProducts;
import dev.keyway.server.http.JsonObject;

/** {@code GET /v1/products}: describes products. */
final class ListProductsHandler implements Operation {
  private final ListProducts listProducts;
  private final ProductJson productJson;

  ListProductsHandler(ListProducts listProducts, ProductJson productJson) {
    this.listProducts = listProducts;
    this.productJson = productJson;
  }

  @Override
  public Answer answer(Call call) {
    var products = listProducts.execute(call.caller()).stream().map(productJson::of).toList();
    return Answer.ok(new JsonObject().putAll("data", products));
  }
}
