package dev.keyway.core.memory;

import dev.keyway.core.apikey.ApiKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A key with something changed, and its version counted up. */
final class ChangedKey {
  private ChangedKey() {}

  static ApiKey revoked(ApiKey key, Instant at) {
    return with(key, key.name(), key.description(), key.expiresAt(), at, key.deactivatedAt());
  }

  static ApiKey deactivated(ApiKey key, Instant at) {
    return with(key, key.name(), key.description(), key.expiresAt(), key.revokedAt(), at);
  }

  /** The key with what is named changed; null leaves a name or description as it is. */
  static ApiKey described(
      ApiKey key,
      @Nullable String name,
      @Nullable String description,
      @Nullable Instant expiresAt) {
    String keptName = name == null ? key.name() : name;
    String keptDescription = description == null ? key.description() : description;
    return with(key, keptName, keptDescription, expiresAt, key.revokedAt(), key.deactivatedAt());
  }

  /** The key as a store keeps it: its times to the millisecond. */
  static ApiKey kept(ApiKey key) {
    Instant expiresAt = key.expiresAt();
    return new ApiKey(
        key.id(),
        key.product(),
        key.name(),
        key.description(),
        key.scope(),
        key.createdBy(),
        key.workspace(),
        key.createdByKey(),
        key.digest(),
        key.suffix(),
        key.createdAt().truncatedTo(ChronoUnit.MILLIS),
        expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MILLIS),
        key.revokedAt(),
        key.deactivatedAt(),
        key.version());
  }

  private static ApiKey with(
      ApiKey key,
      @Nullable String name,
      @Nullable String description,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant deactivatedAt) {
    return new ApiKey(
        key.id(),
        key.product(),
        name,
        description,
        key.scope(),
        key.createdBy(),
        key.workspace(),
        key.createdByKey(),
        key.digest(),
        key.suffix(),
        key.createdAt(),
        expiresAt,
        revokedAt,
        deactivatedAt,
        key.version() + 1);
  }
}
