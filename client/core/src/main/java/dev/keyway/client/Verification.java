package dev.keyway.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a {@link KeyCheck}. */
public sealed interface Verification {

  /**
   * The key is good.
   *
   * @param keyId {@code key_…}
   * @param product whose key it is
   * @param scopeKind account, workspace or resource
   * @param scopeId what the key opens
   */
  record Valid(
      String keyId,
      String product,
      String scopeKind,
      String scopeId,
      Optional<String> accountId,
      Optional<String> workspaceId,
      Optional<Instant> expiresAt)
      implements Verification {}

  /**
   * The key is not good, or not now.
   *
   * @param code such as {@code revoked}, {@code expired}, {@code rate_limited}
   * @param retryAfter when the same would pass, where Keyway says
   */
  record Invalid(String code, Optional<Duration> retryAfter) implements Verification {}

  /** Nobody can say now; never take it for a wrong key. */
  record Unavailable(UnavailableReason reason, @Nullable Throwable cause) implements Verification {}
}
