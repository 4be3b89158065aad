package dev.keyway.server.api;

import dev.keyway.core.operator.ListOperatorKeys;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;

/** {@code GET /v1/operator-keys}: lists operator keys. */
final class ListOperatorKeysHandler implements Operation {
  private final ListOperatorKeys listOperatorKeys;

  ListOperatorKeysHandler(ListOperatorKeys listOperatorKeys) {
    this.listOperatorKeys = listOperatorKeys;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.listQuery();
    var page = listOperatorKeys.execute(call.caller(), Call.page(query));
    return Answer.ok(JsonObject.page(page, TenancyJson::of));
  }
}
