package dev.keyway.server.api;

import dev.keyway.core.tenancy.CreateAccount;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/accounts}: creates an account. */
final class CreateAccountHandler implements Operation {
  private final CreateAccount createAccount;

  CreateAccountHandler(CreateAccount createAccount) {
    this.createAccount = createAccount;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    var result =
        createAccount.execute(
            call.caller(),
            new CreateAccount.Command(
                Fields.required("product", body.product), body.email, body.name, body.externalId));
    var json = TenancyJson.of(result.account());
    Answer answer =
        result.made() == CreateAccount.Result.Made.NOW ? Answer.created(json) : Answer.ok(json);
    return answer.withVersion(result.account().version());
  }

  private record Body(
      @Nullable String product,
      @Nullable String email,
      @Nullable String name,
      @Nullable String externalId) {}
}
