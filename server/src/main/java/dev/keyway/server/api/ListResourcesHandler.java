package dev.keyway.server.api;

import dev.keyway.core.tenancy.ListResources;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;
import java.util.Set;

/** {@code GET /v1/resources}: lists resources. */
final class ListResourcesHandler implements Operation {
  private static final Set<String> PARAMETERS = Call.listParameters("product");

  private final ListResources listResources;

  ListResourcesHandler(ListResources listResources) {
    this.listResources = listResources;
  }

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.query(this);
    var page = listResources.execute(call.caller(), query.one("product"), Call.page(query));
    return Answer.ok(JsonObject.page(page, TenancyJson::of));
  }
}
