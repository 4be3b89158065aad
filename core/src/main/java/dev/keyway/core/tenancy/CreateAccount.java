package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.Texts;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Creates an account; repeating it with the same external id changes nothing. */
public final class CreateAccount {
  private static final int MAX_NAME = 200;
  private static final int MAX_EXTERNAL_ID = 200;

  private final Access access;
  private final AccountStore accounts;
  private final Ids ids;
  private final InstantSource clock;

  public CreateAccount(Access access, AccountStore accounts, Ids ids, InstantSource clock) {
    this.access = access;
    this.accounts = accounts;
    this.ids = ids;
    this.clock = clock;
  }

  /** What to create. */
  public record Command(
      String product, @Nullable String email, @Nullable String name, @Nullable String externalId) {}

  /** The account, and whether this call made it. */
  public record Result(Account account, Made made) {
    /** Whether an account is new. */
    public enum Made {
      NOW,
      EARLIER
    }
  }

  public Result execute(Caller caller, Command command) {
    String product = access.product(command.product()).slug();
    Access.operator(caller, Right.MANAGE, product);
    Account account = account(product, command);
    AuditEvent event = caller.done("account.create", account.createdAt(), subject(account), null);
    return switch (accounts.create(account, event)) {
      case OK -> new Result(account, Result.Made.NOW);
      case EXTERNAL_ID_TAKEN -> new Result(sameAsEarlier(account), Result.Made.EARLIER);
      case EMAIL_TAKEN -> {
        // With an external id the taken e-mail may be that of the very same account.
        if (account.externalId() == null) {
          throw emailTaken();
        }
        yield new Result(sameAsEarlier(account), Result.Made.EARLIER);
      }
    };
  }

  private Account account(String product, Command command) {
    String externalId = command.externalId();
    return new Account(
        ids.account(),
        product,
        Emails.required(command.email()),
        Texts.line("name", command.name(), MAX_NAME),
        externalId == null ? null : Texts.line("external_id", externalId, MAX_EXTERNAL_ID),
        Account.Status.ACTIVE,
        clock.instant(),
        1);
  }

  private Account sameAsEarlier(Account wanted) {
    Account earlier =
        accounts
            .findByExternalId(wanted.product(), String.valueOf(wanted.externalId()))
            .orElseThrow(CreateAccount::emailTaken);
    if (!earlier.email().equals(wanted.email()) || !earlier.name().equals(wanted.name())) {
      throw Conflict.with(
          "'external_id' belongs to account "
              + earlier.id()
              + ", which has another e-mail or name.");
    }
    return earlier;
  }

  private static Conflict emailTaken() {
    return Conflict.with("Another account of this product has this e-mail.");
  }

  /** How the trail names what happened to an account. */
  static AuditEvent.Subject subject(Account account) {
    return new AuditEvent.Subject(account.product(), null, account.id().text(), null);
  }
}
