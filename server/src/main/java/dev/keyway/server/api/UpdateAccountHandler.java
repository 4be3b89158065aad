package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.UpdateAccount;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Request;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /v1/accounts/{account}}: changes, suspends or resumes an account. */
final class UpdateAccountHandler implements Operation {
  private final UpdateAccount updateAccount;

  UpdateAccountHandler(UpdateAccount updateAccount) {
    this.updateAccount = updateAccount;
  }

  @Override
  public boolean narrows(Request request) {
    return request.json(Body.class).status != null;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    var result =
        updateAccount.execute(
            call.caller(),
            new UpdateAccount.Command(
                new AccountId(call.parameter("account")),
                body.name,
                body.email,
                status(body.status),
                call.precondition()));
    var json = new JsonObject().put("account", TenancyJson.of(result.account()));
    return Answer.ok(RevocationJson.putInto(json, result.revocation()))
        .withVersion(result.account().version());
  }

  private static Account.@Nullable Status status(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "active" -> Account.Status.ACTIVE;
      case "suspended" -> Account.Status.SUSPENDED;
      default ->
          throw Invalid.request("'status' must be active or suspended; DELETE ends an account.");
    };
  }

  private record Body(@Nullable String name, @Nullable String email, @Nullable String status) {}
}
