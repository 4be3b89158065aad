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

  /** Whether it still counts at an instant. */
  public boolean isLiveAt(Instant now) {
    return now.isBefore(lastSeenAt.plus(IDLE_LIFE)) && now.isBefore(createdAt.plus(LIFE));
  }
}
