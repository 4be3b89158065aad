package dev.keyway.core.session;

import dev.keyway.core.Base62;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Signs a person in by e-mail and password. */
public final class SignIn {
  private final AccountStore accounts;
  private final SessionStore sessions;
  private final PasswordHasher passwords;
  private final SecureRandom random;
  private final InstantSource clock;

  public SignIn(
      AccountStore accounts,
      SessionStore sessions,
      PasswordHasher passwords,
      SecureRandom random,
      InstantSource clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Who wants to sign in.
   *
   * @param product needed only where the e-mail and password fit several products
   */
  public record Command(
      String email, String password, @Nullable String product, String address, String requestId) {
    @Override
    public String toString() {
      return "Command[redacted]";
    }
  }

  /** A person signed in; the token is for their cookie and nothing keeps it. */
  public record SignedIn(Account account, Session session, SessionToken token) {}

  /** Signs in, with the same answer for an unknown e-mail as for a wrong password. */
  public SignedIn execute(Command command) {
    List<Account> fitting = fitting(command);
    if (fitting.isEmpty()) {
      throw new Unauthenticated("The e-mail or the password is wrong.");
    }
    if (fitting.size() > 1) {
      String products = fitting.stream().map(Account::product).collect(Collectors.joining(", "));
      throw Invalid.request("Name the 'product' to sign in to: " + products + ".");
    }
    return begin(fitting.getFirst(), command);
  }

  private List<Account> fitting(Command command) {
    String product = command.product();
    List<Account> candidates =
        accounts.findByEmail(command.email()).stream()
            .filter(account -> account.status() == Account.Status.ACTIVE)
            .filter(account -> product == null || account.product().equals(product))
            .toList();
    if (candidates.isEmpty()) {
      // The work of one comparison, so that time does not tell who has an account.
      passwords.matches(command.password(), null);
    }
    return candidates.stream()
        .filter(
            account -> passwords.matches(command.password(), accounts.passwordHash(account.id())))
        .toList();
  }

  private SignedIn begin(Account account, Command command) {
    Instant now = clock.instant();
    SessionToken token = SessionToken.random(random);
    var session =
        new Session(
            SessionToken.digest(token.reveal()),
            account.id(),
            Base62.random(random, 43),
            now,
            now,
            now);
    var caller = new Caller(new Principal.Person(account), command.address(), command.requestId());
    var subject = new AuditEvent.Subject(account.product(), null, account.id().text(), null);
    sessions.create(session, caller.done("session.create", now, subject, null));
    return new SignedIn(account, session, token);
  }
}
