package dev.keyway.core.tenancy;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;

/** Removes a member; the keys they made in the workspace are deactivated at once (MEMO-8). */
public final class RemoveMember {
  private final WorkspaceAccess access;
  private final WorkspaceStore workspaces;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public RemoveMember(
      WorkspaceAccess access, WorkspaceStore workspaces, Narrowing narrowing, InstantSource clock) {
    this.access = access;
    this.workspaces = workspaces;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  public Revocation execute(
      Caller caller, WorkspaceId id, AccountId account, Precondition precondition) {
    Workspace workspace = access.forOwner(caller, id, Right.MANAGE);
    Instant now = clock.instant();
    var subject = WorkspaceAccess.subject(workspace, account);
    var event = caller.done("member.remove", now, subject, null);
    Change change = workspaces.removeMember(id, account, now, precondition, event).change();
    if (change == null) {
      throw lastOwner();
    }
    return narrowing.confirm(change);
  }

  static Conflict lastOwner() {
    return Conflict.with("The last owner of a workspace cannot go; give it another owner first.");
  }
}
