package dev.keyway.server.api;

import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.RemoveMember;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.server.http.Request;

/** {@code DELETE …/members/{account}}: removes a member and ends their keys (MEMO-8). */
final class RemoveMemberHandler implements Operation {
  private final RemoveMember removeMember;

  RemoveMemberHandler(RemoveMember removeMember) {
    this.removeMember = removeMember;
  }

  @Override
  public boolean narrows(Request request) {
    return true;
  }

  @Override
  public Answer answer(Call call) {
    var workspace = new WorkspaceId(call.parameter("workspace"));
    var account = new AccountId(call.parameter("account"));
    return RevocationJson.answer(
        removeMember.execute(call.caller(), workspace, account, call.precondition()));
  }
}
