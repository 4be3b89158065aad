package dev.keyway.core.session;

import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Finds the person behind a session's cookie. */
public final class ResumeSession {
  // A session is noted as used once a minute, not at each of its calls.
  private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);

  private final SessionStore sessions;
  private final AccountStore accounts;
  private final InstantSource clock;

  public ResumeSession(SessionStore sessions, AccountStore accounts, InstantSource clock) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** A live session and its person. */
  public record Resumed(Session session, Account account) {}

  /** The session of a cookie's value; empty when it has ended or never was. */
  public Optional<Resumed> execute(String cookieValue) {
    Instant now = clock.instant();
    return sessions
        .find(BearerToken.digest(cookieValue))
        .filter(session -> session.isLiveAt(now))
        .flatMap(session ->
            accounts
                .find(session.account())
                .filter(account -> account.status() == Account.Status.ACTIVE)
                .map(account -> resumed(session, account, now)));
  }

  private Resumed resumed(Session session, Account account, Instant now) {
    if (session.lastSeenAt().plus(TOUCH_INTERVAL).isBefore(now)) {
      sessions.touch(session.digest(), now);
    }
    return new Resumed(session, account);
  }
}
