package dev.keyway.server.api;

import dev.keyway.core.tenancy.ListWorkspaces;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Query;

/** {@code GET /v1/workspaces}: lists workspaces. */
final class ListWorkspacesHandler implements Operation {
  private final ListWorkspaces listWorkspaces;

  ListWorkspacesHandler(ListWorkspaces listWorkspaces) {
    this.listWorkspaces = listWorkspaces;
  }

  @Override
  public Answer answer(Call call) {
    Query query = call.listQuery("product");
    var page = listWorkspaces.execute(call.caller(), query.one("product"), Call.page(query));
    return Answer.ok(JsonObject.page(page, TenancyJson::of));
  }
}
