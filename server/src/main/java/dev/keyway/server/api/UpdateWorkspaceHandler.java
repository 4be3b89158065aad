package dev.keyway.server.api;

import dev.keyway.core.tenancy.UpdateWorkspace;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Request;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /v1/workspaces/{workspace}}: renames a workspace or changes its plan. */
final class UpdateWorkspaceHandler implements Operation {
  private final UpdateWorkspace updateWorkspace;

  UpdateWorkspaceHandler(UpdateWorkspace updateWorkspace) {
    this.updateWorkspace = updateWorkspace;
  }

  @Override
  public boolean narrows(Request request) {
    return request.json(Body.class).plan != null;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    var result =
        updateWorkspace.execute(
            call.caller(),
            new UpdateWorkspace.Command(
                new WorkspaceId(call.parameter("workspace")),
                body.name,
                body.plan,
                call.precondition()));
    var json = new JsonObject().put("workspace", TenancyJson.of(result.workspace()));
    return Answer.ok(RevocationJson.putInto(json, result.revocation()))
        .withVersion(result.workspace().version());
  }

  private record Body(@Nullable String name, @Nullable String plan) {}
}
