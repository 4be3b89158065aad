package dev.keyway.server.api;

import dev.keyway.core.tenancy.ListAccounts;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;
import java.util.Set;

/** {@code GET /v1/accounts}: lists accounts. */
final class ListAccountsHandler implements Operation {
  private static final Set<String> PARAMETERS = Call.listParameters("product", "external_id");

  private final ListAccounts listAccounts;

  ListAccountsHandler(ListAccounts listAccounts) {
    this.listAccounts = listAccounts;
  }

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.query(this);
    var wanted =
        new ListAccounts.Query(query.one("product"), query.one("external_id"), Call.page(query));
    return Answer.ok(JsonObject.page(listAccounts.execute(call.caller(), wanted), TenancyJson::of));
  }
}
