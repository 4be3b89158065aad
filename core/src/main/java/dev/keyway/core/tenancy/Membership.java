package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.Conflict;
import java.util.Collection;

/** An account's place in a workspace. */
public record Membership(WorkspaceId workspace, AccountId account, Role role) {

  /**
   * Refuses the end of its account when the workspace would be left without an owner. To be asked
   * in the transaction that ends the account.
   *
   * @param members the workspace's
   */
  public void requireAnotherOwner(Collection<Membership> members) {
    boolean hasOtherOwner =
        members.stream()
            .anyMatch(other -> other.role() == Role.OWNER && !other.account().equals(account));
    if (role == Role.OWNER && !hasOtherOwner) {
      throw Conflict.with(
          "The account is the last owner of workspace "
              + workspace
              + "; give it another owner or delete it first.");
    }
  }
}
