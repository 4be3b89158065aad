package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.InstantSource;
import java.util.List;

/** Tells which keys the removal of a member would end (MEMO-8); it changes nothing. */
public final class PreviewRemoval {
  private final WorkspaceAccess access;
  private final WorkspaceStore workspaces;
  private final ApiKeyStore keys;
  private final InstantSource clock;

  public PreviewRemoval(
      WorkspaceAccess access, WorkspaceStore workspaces, ApiKeyStore keys, InstantSource clock) {
    this.access = access;
    this.workspaces = workspaces;
    this.keys = keys;
    this.clock = clock;
  }

  /** The keys; refused as the removal itself would be where the last owner would go. */
  public ConcernedKeys execute(Caller caller, WorkspaceId id, AccountId account) {
    access.forOwner(caller, id, Right.READ);
    List<Membership> members = workspaces.members(id).stream().map(Member::membership).toList();
    Role role =
        members.stream()
            .filter(member -> member.account().equals(account))
            .map(Membership::role)
            .findFirst()
            .orElseThrow(() -> new NotFound("The member '" + account + "'"));
    boolean isLastOwner =
        role == Role.OWNER
            && members.stream().filter(member -> member.role() == Role.OWNER).count() == 1;
    if (isLastOwner) {
      throw RemoveMember.lastOwner();
    }
    return ConcernedKeys.of(keys, KeyQuery.activeIn(id, account, clock.instant()));
  }
}
