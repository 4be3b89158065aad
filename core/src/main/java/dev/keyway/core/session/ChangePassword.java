package dev.keyway.core.session;

import dev.keyway.core.operator.Caller;
import dev.keyway.core.tenancy.Account;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Changes a signed-in person's password: their other sessions end, and this one goes on under
 * another token.
 */
public final class ChangePassword {
  private final PasswordStore passwords;
  private final PasswordCheck check;
  private final NewHash newHash;
  private final SecureRandom random;
  private final InstantSource clock;

  public ChangePassword(
      PasswordStore passwords,
      PasswordHasher hasher,
      PasswordCheck check,
      SecureRandom random,
      InstantSource clock) {
    this.passwords = passwords;
    this.check = check;
    this.newHash = new NewHash(passwords, hasher);
    this.random = random;
    this.clock = clock;
  }

  public SignedIn execute(
      Caller caller, Account account, Session session, Password current, Password wanted) {
    wanted.requireFitFor(account.email());
    String from = check.require(current, account, caller.address(), passwords);
    String to = check.hashing(caller.address(), () -> newHash.of(wanted, account));
    Instant now = clock.instant();
    SignedIn signedIn = SignedIn.again(account, session, random, now);
    var event = caller.done("password.change", now, SignedIn.subject(account), null);
    if (!passwords.change(from, to, session, signedIn.session(), event)) {
      throw Reauthenticate.ended();
    }
    return signedIn;
  }
}
