package dev.keyway.core.tenancy;

import dev.keyway.core.Precondition;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes a workspace for good and deactivates its keys. */
public final class DeleteWorkspace {
  private final WorkspaceAccess access;
  private final WorkspaceStore workspaces;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public DeleteWorkspace(
      WorkspaceAccess access, WorkspaceStore workspaces, Narrowing narrowing, InstantSource clock) {
    this.access = access;
    this.workspaces = workspaces;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  public Revocation execute(Caller caller, WorkspaceId id, Precondition precondition) {
    Workspace workspace = access.forOperator(caller, id, Right.MANAGE);
    Instant now = clock.instant();
    var event = caller.done("workspace.delete", now, WorkspaceAccess.subject(workspace), null);
    return workspaces
        .delete(id, now, precondition, event)
        .map(narrowing::confirm)
        .orElseThrow(() -> WorkspaceAccess.notFound(id));
  }
}
