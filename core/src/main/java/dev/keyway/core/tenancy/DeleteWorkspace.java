package dev.keyway.core.tenancy;

import dev.keyway.core.Precondition;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Deletes a workspace for good and deactivates its keys; a repetition confirms that again. */
public final class DeleteWorkspace {
  private final WorkspaceStore workspaces;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public DeleteWorkspace(WorkspaceStore workspaces, Narrowing narrowing, InstantSource clock) {
    this.workspaces = workspaces;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  public Revocation execute(Caller caller, WorkspaceId id, Precondition precondition) {
    var operator = Access.operator(caller, Right.MANAGE);
    return workspaces
        .find(id)
        .filter(workspace -> Access.covers(operator, workspace.product()))
        .flatMap(workspace -> delete(caller, workspace, precondition))
        .or(() ->
            workspaces
                .deletionOf(id)
                .filter(deletion -> Access.covers(operator, deletion.product()))
                .map(Deletion::change))
        .map(narrowing::confirm)
        .orElseThrow(() -> WorkspaceAccess.notFound(id));
  }

  private Optional<Change> delete(Caller caller, Workspace workspace, Precondition precondition) {
    Instant now = clock.instant();
    var event = caller.done("workspace.delete", now, WorkspaceAccess.subject(workspace), null);
    return workspaces.delete(workspace.id(), now, precondition, event);
  }
}
