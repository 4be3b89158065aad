package dev.keyway.core.tenancy;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Deletes an account for good and deactivates its keys; a repetition confirms that again. */
public final class DeleteAccount {
  private final AccountStore accounts;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public DeleteAccount(AccountStore accounts, Narrowing narrowing, InstantSource clock) {
    this.accounts = accounts;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  public Revocation execute(Caller caller, AccountId id, Precondition precondition) {
    var operator = Access.operator(caller, Right.MANAGE);
    return accounts
        .find(id)
        .filter(account -> Access.covers(operator, account.product()))
        .flatMap(account -> delete(caller, account, precondition))
        .or(() ->
            accounts
                .deletionOf(id)
                .filter(deletion -> Access.covers(operator, deletion.product()))
                .map(Deletion::change))
        .map(narrowing::confirm)
        .orElseThrow(() -> new NotFound("The account '" + id + "'"));
  }

  private Optional<Change> delete(Caller caller, Account account, Precondition precondition) {
    Instant now = clock.instant();
    var event = caller.done("account.delete", now, CreateAccount.subject(account), null);
    return accounts.delete(account.id(), now, precondition, event);
  }
}
