package dev.keyway.server.api;

import dev.keyway.core.tenancy.ListResources;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;

/** {@code GET /v1/resources}: lists resources. */
final class ListResourcesHandler implements Operation {
  private final ListResources listResources;

  ListResourcesHandler(ListResources listResources) {
    this.listResources = listResources;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.listQuery("product");
    var page = listResources.execute(call.caller(), query.one("product"), Call.page(query));
    return Answer.ok(JsonObject.page(page, TenancyJson::of));
  }
}
