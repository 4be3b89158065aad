package dev.keyway.server.api;

import dev.keyway.core.tenancy.CreateWorkspace;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/workspaces}: creates a workspace with its first owner. */
final class CreateWorkspaceHandler implements Operation {
  private final CreateWorkspace createWorkspace;

  CreateWorkspaceHandler(CreateWorkspace createWorkspace) {
    this.createWorkspace = createWorkspace;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    var workspace =
        createWorkspace.execute(
            call.caller(),
            new CreateWorkspace.Command(
                Fields.required("product", body.product), body.name, body.plan, body.owner));
    return Answer.created(TenancyJson.of(workspace)).withVersion(workspace.version());
  }

  private record Body(
      @Nullable String product,
      @Nullable String name,
      @Nullable String plan,
      @Nullable String owner) {}
}
