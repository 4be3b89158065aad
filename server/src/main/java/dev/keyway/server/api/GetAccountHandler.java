package dev.keyway.server.api;

import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.GetAccount;

/** {@code GET /v1/accounts/{account}}: shows one account. */
final class GetAccountHandler implements Operation {
  private final GetAccount getAccount;

  GetAccountHandler(GetAccount getAccount) {
    this.getAccount = getAccount;
  }

  @Override
  public Answer answer(Call call) {
    var account = getAccount.execute(call.caller(), new AccountId(call.parameter("account")));
    return Answer.ok(TenancyJson.of(account)).withVersion(account.version());
  }
}
