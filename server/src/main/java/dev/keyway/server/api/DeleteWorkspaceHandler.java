package dev.keyway.server.api;

import dev.keyway.core.tenancy.DeleteWorkspace;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.server.http.Request;

/** {@code DELETE /v1/workspaces/{workspace}}: deletes a workspace for good. */
final class DeleteWorkspaceHandler implements Operation {
  private final DeleteWorkspace deleteWorkspace;

  DeleteWorkspaceHandler(DeleteWorkspace deleteWorkspace) {
    this.deleteWorkspace = deleteWorkspace;
  }

  @Override
  public boolean narrows(Request request) {
    return true;
  }

  @Override
  public Answer answer(Call call) {
    var workspace = new WorkspaceId(call.parameter("workspace"));
    return RevocationJson.answer(
        deleteWorkspace.execute(call.caller(), workspace, call.precondition()));
  }
}
