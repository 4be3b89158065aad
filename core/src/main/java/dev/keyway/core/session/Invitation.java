package dev.keyway.core.session;

import dev.keyway.core.tenancy.AccountId;
import java.time.Duration;
import java.time.Instant;

/**
 * An account's chance to choose a password, once.
 *
 * @param digest SHA-256 of what the link ends with, in hexadecimal; that itself is not kept
 */
public record Invitation(String digest, AccountId account, Instant expiresAt) {
  public static final Duration LIFE = Duration.ofDays(3);

  /** Whether it can still be accepted, if it has not been. */
  public boolean isOpenAt(Instant now) {
    return now.isBefore(expiresAt);
  }
}
