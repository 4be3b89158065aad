package dev.keyway.core.tenancy;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;

/** Adds a member to a workspace or changes the role of one. */
public final class PutMember {
  private final WorkspaceAccess access;
  private final AccountStore accounts;
  private final WorkspaceStore workspaces;
  private final InstantSource clock;

  public PutMember(
      WorkspaceAccess access,
      AccountStore accounts,
      WorkspaceStore workspaces,
      InstantSource clock) {
    this.access = access;
    this.accounts = accounts;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  public Membership execute(Caller caller, Membership wanted, Precondition precondition) {
    Workspace workspace = access.forOwner(caller, wanted.workspace(), Right.MANAGE);
    boolean isAccount =
        accounts
            .find(wanted.account())
            .filter(account -> account.product().equals(workspace.product()))
            .isPresent();
    if (!isAccount) {
      throw new NotFound("The account '" + wanted.account() + "'");
    }
    Instant now = clock.instant();
    var subject = WorkspaceAccess.subject(workspace, wanted.account());
    var event = caller.done("member.put", now, subject, wanted.role().text());
    if (!workspaces.putMember(wanted, now, precondition, event)) {
      throw RemoveMember.lastOwner();
    }
    return wanted;
  }
}
