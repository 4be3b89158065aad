package dev.keyway.server.api;

import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.RemoveMember;
import dev.keyway.core.tenancy.WorkspaceAccess;
import dev.keyway.core.tenancy.WorkspaceId;

/** {@code DELETE …/members/{account}}: removes a member and ends their keys (MEMO-8). */
final class RemoveMemberHandler implements Operation {
  private final RemoveMember removeMember;
  private final WorkspaceAccess access;

  RemoveMemberHandler(RemoveMember removeMember, WorkspaceAccess access) {
    this.removeMember = removeMember;
    this.access = access;
  }

  @Override
  public Answer answer(Call call) {
    var workspace = new WorkspaceId(call.parameter("workspace"));
    var account = new AccountId(call.parameter("account"));
    long version = access.forOwner(call.caller(), workspace, Right.MANAGE).version();
    call.precondition().check(version);
    return RevocationJson.answer(removeMember.execute(call.caller(), workspace, account));
  }
}
