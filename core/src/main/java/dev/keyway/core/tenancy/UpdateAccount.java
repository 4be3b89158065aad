package dev.keyway.core.tenancy;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.Texts;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes an account's name or e-mail, suspends it or ends its suspension. */
public final class UpdateAccount {
  private final GetAccount getAccount;
  private final AccountStore accounts;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public UpdateAccount(
      GetAccount getAccount, AccountStore accounts, Narrowing narrowing, InstantSource clock) {
    this.getAccount = getAccount;
    this.accounts = accounts;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  /** What to change; null leaves a part as it is. */
  public record Command(
      AccountId id,
      @Nullable String name,
      @Nullable String email,
      Account.@Nullable Status status,
      Precondition precondition) {}

  /**
   * The account after the change.
   *
   * @param revocation since when a change of status holds; null when none was asked for
   */
  public record Result(Account account, @Nullable Revocation revocation) {}

  public Result execute(Caller caller, Command command) {
    Account found = getAccount.find(caller, command.id(), Right.MANAGE);
    AccountStore.Patch patch = patch(command);
    Instant now = clock.instant();
    var event = caller.done(action(patch.status()), now, CreateAccount.subject(found), null);
    var updated = accounts.update(command.id(), patch, now, command.precondition(), event);
    return switch (updated.outcome()) {
      case OK -> {
        Change change = updated.change();
        yield new Result(
            Objects.requireNonNull(updated.account()),
            change == null ? null : narrowing.confirm(change));
      }
      case NOT_FOUND -> throw new NotFound("The account '" + command.id() + "'");
      case EMAIL_TAKEN -> throw Conflict.with("Another account of this product has this e-mail.");
    };
  }

  private static AccountStore.Patch patch(Command command) {
    String name = command.name();
    String email = command.email();
    return new AccountStore.Patch(
        name == null ? null : Texts.line("name", name, 200),
        email == null ? null : Emails.required(email),
        command.status());
  }

  /** Told by what is asked for, not by what stood before: two calls may cross. */
  private static String action(Account.@Nullable Status wanted) {
    return switch (wanted) {
      case null -> "account.update";
      case SUSPENDED -> "account.suspend";
      case ACTIVE -> "account.resume";
      case DELETED -> throw new IllegalArgumentException("an account is deleted by delete");
    };
  }
}
