package dev.keyway.core.tenancy;

import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;

/** Shows one workspace to an operator or one of its members. */
public final class GetWorkspace {
  private final WorkspaceAccess access;

  public GetWorkspace(WorkspaceAccess access) {
    this.access = access;
  }

  public Workspace execute(Caller caller, WorkspaceId id) {
    return access.forMember(caller, id, Right.READ);
  }
}
