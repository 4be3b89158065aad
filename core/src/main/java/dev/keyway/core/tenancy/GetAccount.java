package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;

/** Shows one account to an operator. */
public final class GetAccount {
  private final AccountStore accounts;

  public GetAccount(AccountStore accounts) {
    this.accounts = accounts;
  }

  public Account execute(Caller caller, AccountId id) {
    return find(caller, id, Right.READ);
  }

  /** An account that the operator's key covers and has a right over. */
  public Account find(Caller caller, AccountId id, Right right) {
    var operator = Access.operator(caller, right);
    return accounts
        .find(id)
        .filter(account -> Access.covers(operator, account.product()))
        .orElseThrow(() -> new NotFound("The account '" + id + "'"));
  }
}
