package dev.keyway.core.session;

import dev.keyway.core.tenancy.AccountId;
import java.time.Duration;
import java.time.Instant;

/**
 * A person's time signed in.
 *
 * @param digest SHA-256 of the cookie's value, in hexadecimal; the value itself is not kept
 * @param csrfToken what mutating calls have to repeat in {@code X-CSRF-Token}
 * @param authenticatedAt when the password was last given
 */
public record Session(
    String digest,
    AccountId account,
    String csrfToken,
    Instant createdAt,
    Instant lastSeenAt,
    Instant authenticatedAt) {
  /** A session ends when it has not been used for so long. */
  public static final Duration IDLE_LIFE = Duration.ofHours(12);

  /** A session ends at this age, however much it is used. */
  public static final Duration LIFE = Duration.ofDays(7);

  static Session begin(BearerToken token, AccountId account, String csrfToken, Instant now) {
    return new Session(token.digest(), account, csrfToken, now, now, now);
  }

  /**
   * The same time signed in under another token, so that one which somebody else may have learnt or
   * planted is worth nothing (ASVS 7.2.4); the password was just given. Its age stays.
   */
  Session renewed(BearerToken token, String newCsrfToken, Instant now) {
    return new Session(token.digest(), account, newCsrfToken, createdAt, now, now);
  }

  /** Whether it still counts at an instant. */
  public boolean isLiveAt(Instant now) {
    return now.isBefore(lastSeenAt.plus(IDLE_LIFE)) && now.isBefore(createdAt.plus(LIFE));
  }
}
