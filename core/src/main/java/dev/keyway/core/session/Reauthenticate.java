package dev.keyway.core.session;

import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.tenancy.Account;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** Makes a session fresh again by its person's password, and gives it another token. */
public final class Reauthenticate {
  private final PasswordStore passwords;
  private final SessionStore sessions;
  private final PasswordCheck check;
  private final SecureRandom random;
  private final InstantSource clock;

  public Reauthenticate(
      PasswordStore passwords,
      SessionStore sessions,
      PasswordCheck check,
      SecureRandom random,
      InstantSource clock) {
    this.passwords = passwords;
    this.sessions = sessions;
    this.check = check;
    this.random = random;
    this.clock = clock;
  }

  public SignedIn execute(Caller caller, Account account, Session session, Password password) {
    String hash = check.require(password, account, caller.address(), passwords);
    Instant now = clock.instant();
    SignedIn signedIn = SignedIn.again(account, session, random, now);
    var event = caller.done("session.reauthenticate", now, SignedIn.subject(account), null);
    if (!sessions.replace(session, signedIn.session(), hash, event)) {
      throw ended();
    }
    return signedIn;
  }

  /** What is told when the session ended while the call was under way. */
  static Unauthenticated ended() {
    return new Unauthenticated("The session has ended; sign in again.");
  }
}
