package dev.keyway.server.api;

import dev.keyway.core.tenancy.ListWorkspaces;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;
import java.util.Set;

/** {@code GET /v1/workspaces}: lists workspaces. */
final class ListWorkspacesHandler implements Operation {
  private static final Set<String> PARAMETERS = Call.listParameters("product");

  private final ListWorkspaces listWorkspaces;

  ListWorkspacesHandler(ListWorkspaces listWorkspaces) {
    this.listWorkspaces = listWorkspaces;
  }

  @Override
  public Set<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.query(this);
    var page = listWorkspaces.execute(call.caller(), query.one("product"), Call.page(query));
    return Answer.ok(JsonObject.page(page, TenancyJson::of));
  }
}
