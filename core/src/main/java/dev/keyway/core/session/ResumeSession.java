package dev.keyway.core.session;

import dev.keyway.core.AddressBucket;
import dev.keyway.core.Deadline;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.flood.FloodedException;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds the person behind a session's cookie. Unknown cookies are bounded as unknown keys are, and
 * apart from them; one that was good here lately is beyond the bounds, by its whole text.
 */
public final class ResumeSession {
  // A session is noted as used once a minute, not at each of its calls.
  private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);

  private static final Duration TOUCH_PATIENCE = Duration.ofMillis(500);

  private final SessionStore sessions;
  private final AccountStore accounts;
  private final Lookups lookups;
  private final InstantSource clock;

  public ResumeSession(
      SessionStore sessions, AccountStore accounts, Lookups lookups, InstantSource clock) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.lookups = lookups;
    this.clock = clock;
  }

  /** A live session and its person. */
  public record Resumed(Session session, Account account) {}

  /**
   * The session of a cookie's value; empty when it has ended or never was.
   *
   * @throws FloodedException when too many unknown cookies come for this one to be looked up
   */
  public Optional<Resumed> execute(String cookieValue, AddressBucket address) {
    if (!BearerToken.isToken(cookieValue)) {
      return Optional.empty();
    }
    if (!lookups.isVerified(cookieValue)) {
      return findForStranger(cookieValue, address);
    }
    lookups.beginVerified();
    Optional<Resumed> resumed = find(cookieValue);
    if (resumed.isEmpty()) {
      lookups.noLongerVerified(cookieValue);
    }
    return resumed;
  }

  private Optional<Resumed> findForStranger(String cookieValue, AddressBucket address) {
    switch (lookups.ask(cookieValue, address)) {
      case ASK -> {}
      case ABSENT -> {
        return Optional.empty();
      }
      case TOO_MANY -> throw new FloodedException();
    }
    if (!lookups.begin()) {
      throw new FloodedException();
    }
    try {
      long asked = lookups.now();
      Optional<Resumed> resumed = find(cookieValue);
      if (resumed.isPresent()) {
        lookups.verified(cookieValue);
      } else {
        lookups.absent(cookieValue, asked);
      }
      return resumed;
    } finally {
      lookups.end();
    }
  }

  private Optional<Resumed> find(String cookieValue) {
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
      touch(session, now);
    }
    return new Resumed(session, account);
  }

  /** No call fails for want of a note, or waits for it long. */
  private void touch(Session session, Instant now) {
    try {
      Deadline.runWithin(TOUCH_PATIENCE, lookups::now, () -> sessions.touch(session.digest(), now));
    } catch (UnavailableException e) {
      // The session's next call notes it.
    }
  }
}
