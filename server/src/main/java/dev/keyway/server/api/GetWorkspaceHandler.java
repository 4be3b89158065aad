package dev.keyway.server.api;

import dev.keyway.core.tenancy.GetWorkspace;
import dev.keyway.core.tenancy.WorkspaceId;

/** {@code GET /v1/workspaces/{workspace}}: shows one workspace. */
final class GetWorkspaceHandler implements Operation {
  private final GetWorkspace getWorkspace;

  GetWorkspaceHandler(GetWorkspace getWorkspace) {
    this.getWorkspace = getWorkspace;
  }

  @Override
  public Answer answer(Call call) {
    var workspace =
        getWorkspace.execute(call.caller(), new WorkspaceId(call.parameter("workspace")));
    return Answer.ok(TenancyJson.of(workspace)).withVersion(workspace.version());
  }
}
