package dev.keyway.server.api;

import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.PutMember;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.WorkspaceAccess;
import dev.keyway.core.tenancy.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** {@code PUT …/members/{account}}: adds a member or changes a role. */
final class PutMemberHandler implements Operation {
  private final PutMember putMember;
  private final WorkspaceAccess access;

  PutMemberHandler(PutMember putMember, WorkspaceAccess access) {
    this.putMember = putMember;
    this.access = access;
  }

  @Override
  public Answer answer(Call call) {
    var workspace = new WorkspaceId(call.parameter("workspace"));
    long version = access.forOwner(call.caller(), workspace, Right.MANAGE).version();
    call.precondition().check(version);
    Body body = call.body(Body.class);
    var wanted =
        new Membership(
            workspace,
            new AccountId(call.parameter("account")),
            Fields.oneOf(Role.class, "role", Fields.required("role", body.role)));
    return Answer.ok(TenancyJson.of(putMember.execute(call.caller(), wanted)));
  }

  private record Body(@Nullable String role) {}
}
