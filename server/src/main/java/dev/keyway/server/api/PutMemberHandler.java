package dev.keyway.server.api;

import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.PutMember;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** {@code PUT …/members/{account}}: adds a member or changes a role. */
final class PutMemberHandler implements Operation {
  private final PutMember putMember;

  PutMemberHandler(PutMember putMember) {
    this.putMember = putMember;
  }

  @Override
  public Answer answer(Call call) {
    var workspace = new WorkspaceId(call.parameter("workspace"));
    Body body = call.body(Body.class);
    var wanted =
        new Membership(
            workspace,
            new AccountId(call.parameter("account")),
            Fields.oneOf(Role.class, "role", Fields.required("role", body.role)));
    return Answer.ok(TenancyJson.of(putMember.execute(call.caller(), wanted, call.precondition())));
  }

  private record Body(@Nullable String role) {}
}
