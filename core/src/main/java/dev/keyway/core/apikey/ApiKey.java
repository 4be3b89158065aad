package dev.keyway.core.apikey;

import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored: all about it but the secret.
 *
 * @param product the slug of its product
 * @param name null where the product's keys have none, or none was given
 * @param scope the one thing it opens
 * @param createdBy the account it acts for
 * @param workspace the workspace whose plan and membership it depends on, if any
 * @param createdByKey the key that made it, if one did
 * @param suffix the last four characters of the key
 * @param expiresAt from when on it is no longer valid; null for never
 * @param version counts its changes, from 1
 */
public record ApiKey(
    ApiKeyId id,
    String product,
    @Nullable String name,
    @Nullable String description,
    Scope scope,
    AccountId createdBy,
    @Nullable WorkspaceId workspace,
    @Nullable ApiKeyId createdByKey,
    KeyDigest digest,
    String suffix,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant deactivatedAt,
    long version) {

  /** Its status at an instant; a key is valid while that is before {@code expiresAt}. */
  public KeyStatus statusAt(Instant now) {
    if (revokedAt != null) {
      return KeyStatus.REVOKED;
    }
    if (deactivatedAt != null) {
      return KeyStatus.DEACTIVATED;
    }
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      return KeyStatus.EXPIRED;
    }
    return KeyStatus.ACTIVE;
  }

  /** The resource it opens, or null when its scope is another. */
  public @Nullable String resource() {
    return scope.kind() == ScopeKind.RESOURCE ? scope.id() : null;
  }
}
