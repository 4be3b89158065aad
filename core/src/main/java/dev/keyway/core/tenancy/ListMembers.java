package dev.keyway.core.tenancy;

import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.util.List;

/** Lists the members of a workspace to an operator or one of its owners. */
public final class ListMembers {
  private final WorkspaceAccess access;
  private final WorkspaceStore workspaces;

  public ListMembers(WorkspaceAccess access, WorkspaceStore workspaces) {
    this.access = access;
    this.workspaces = workspaces;
  }

  public List<Member> execute(Caller caller, WorkspaceId id) {
    access.forOwner(caller, id, Right.READ);
    return workspaces.members(id);
  }
}
