package dev.keyway.server.api;

import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.DeleteAccount;
import dev.keyway.server.http.Request;

/** {@code DELETE /v1/accounts/{account}}: deletes an account for good. */
final class DeleteAccountHandler implements Operation {
  private final DeleteAccount deleteAccount;

  DeleteAccountHandler(DeleteAccount deleteAccount) {
    this.deleteAccount = deleteAccount;
  }

  @Override
  public boolean narrows(Request request) {
    return true;
  }

  @Override
  public Answer answer(Call call) {
    var account = new AccountId(call.parameter("account"));
    return RevocationJson.answer(
        deleteAccount.execute(call.caller(), account, call.precondition()));
  }
}
