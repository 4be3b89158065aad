package dev.keyway.server.api;

import dev.keyway.core.tenancy.ListMembers;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.server.http.JsonObject;

/** {@code GET /v1/workspaces/{workspace}/members}: lists the members. */
final class ListMembersHandler implements Operation {
  private final ListMembers listMembers;

  ListMembersHandler(ListMembers listMembers) {
    this.listMembers = listMembers;
  }

  @Override
  public Answer answer(Call call) {
    var members = listMembers.execute(call.caller(), new WorkspaceId(call.parameter("workspace")));
    return Answer.ok(
        new JsonObject().putAll("data", members.stream().map(TenancyJson::of).toList()));
  }
}
