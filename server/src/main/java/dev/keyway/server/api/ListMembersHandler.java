package dev.keyway.server.api;

import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.ListMembers;
import dev.keyway.core.tenancy.WorkspaceAccess;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.server.http.JsonObject;

/**
 * {@code GET /v1/workspaces/{workspace}/members}: lists the members, with the version of the
 * workspace that {@code If-Match} compares when they are changed.
 */
final class ListMembersHandler implements Operation {
  private final ListMembers listMembers;
  private final WorkspaceAccess access;

  ListMembersHandler(ListMembers listMembers, WorkspaceAccess access) {
    this.listMembers = listMembers;
    this.access = access;
  }

  @Override
  public Answer answer(Call call) {
    var id = new WorkspaceId(call.parameter("workspace"));
    var workspace = access.forOwner(call.caller(), id, Right.READ);
    var members = listMembers.execute(call.caller(), id);
    return Answer.ok(
            new JsonObject().putAll("data", members.stream().map(TenancyJson::of).toList()))
        .withVersion(workspace.version());
  }
}
