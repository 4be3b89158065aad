package dev.keyway.server.api;

import dev.keyway.core.operator.ListOperatorKeys;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;
import java.util.Set;

/** {@code GET /v1/operator-keys}: lists operator keys. */
final class ListOperatorKeysHandler implements Operation {
  private static final Set<String> PARAMETERS = Call.listParameters();

  private final ListOperatorKeys listOperatorKeys;

  ListOperatorKeysHandler(ListOperatorKeys listOperatorKeys) {
    this.listOperatorKeys = listOperatorKeys;
  }

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.query(this);
    var page = listOperatorKeys.execute(call.caller(), Call.page(query));
    return Answer.ok(JsonObject.page(page, TenancyJson::of));
  }
}
