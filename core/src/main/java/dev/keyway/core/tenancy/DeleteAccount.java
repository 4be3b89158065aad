package dev.keyway.core.tenancy;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes an account for good and deactivates its keys. */
public final class DeleteAccount {
  private final GetAccount getAccount;
  private final AccountStore accounts;
  private final WorkspaceStore workspaces;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public DeleteAccount(
      GetAccount getAccount,
      AccountStore accounts,
      WorkspaceStore workspaces,
      Narrowing narrowing,
      InstantSource clock) {
    this.getAccount = getAccount;
    this.accounts = accounts;
    this.workspaces = workspaces;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  public Revocation execute(Caller caller, AccountId id, Precondition precondition) {
    Account account = getAccount.find(caller, id, Right.MANAGE);
    requireNoWorkspaceWithoutOwner(id);
    Instant now = clock.instant();
    var event = caller.done("account.delete", now, CreateAccount.subject(account), null);
    return accounts
        .delete(id, now, precondition, event)
        .map(narrowing::confirm)
        .orElseThrow(() -> new NotFound("The account '" + id + "'"));
  }

  private void requireNoWorkspaceWithoutOwner(AccountId id) {
    for (Membership membership : workspaces.memberships(id)) {
      boolean hasOtherOwner =
          workspaces.members(membership.workspace()).stream()
              .anyMatch(other -> other.role() == Role.OWNER && !other.account().equals(id));
      if (membership.role() == Role.OWNER && !hasOtherOwner) {
        throw Conflict.with(
            "The account is the last owner of workspace "
                + membership.workspace()
                + "; give it another owner or delete it first.");
      }
    }
  }
}
