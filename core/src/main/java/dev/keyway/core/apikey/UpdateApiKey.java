package dev.keyway.core.apikey;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.ExpiryPolicy;
import dev.keyway.core.product.Product;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Renames or describes a key, or lets it expire earlier; never later. */
public final class UpdateApiKey {
  private final KeyAccess access;
  private final ApiKeyStore keys;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public UpdateApiKey(
      KeyAccess access, ApiKeyStore keys, Narrowing narrowing, InstantSource clock) {
    this.access = access;
    this.keys = keys;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  /** What to change; null leaves a part as it is. */
  public record Command(
      ApiKeyId id,
      @Nullable String name,
      @Nullable String description,
      @Nullable Instant expiresAt,
      Precondition precondition) {}

  /**
   * The key after the change.
   *
   * @param revocation since when an earlier expiry holds; null when none was named
   */
  public record Result(ListedKey key, @Nullable Revocation revocation) {}

  public Result execute(Caller caller, Command command) {
    ListedKey found = access.find(caller, command.id(), Right.MANAGE);
    ApiKey key = found.key();
    Product product = access.productOf(key);
    String name =
        command.name() == null ? null : KeyWords.name(command.name(), product.key().name());
    String description = KeyWords.description(command.description());
    Instant now = clock.instant();
    AuditEvent event = caller.done("key.update", now, CreateApiKey.subject(key), null);
    Instant expiresAt = KeyExpiry.inMillis(command.expiresAt());
    if (expiresAt == null) {
      ApiKey changed =
          keys.describe(key.id(), name, description, command.precondition(), event)
              .orElseThrow(() -> new NotFound("The key '" + key.id() + "'"));
      return new Result(new ListedKey(changed, found.lastUsedAt()), null);
    }
    // The same instant again may repeat a call that could not be confirmed.
    if (!expiresAt.equals(key.expiresAt())) {
      requireEarlier(caller, key, product, expiresAt, now);
    }
    Revocation revocation =
        keys.expireEarlier(key.id(), name, description, expiresAt, command.precondition(), event)
            .map(narrowing::confirm)
            .orElseThrow(() -> new NotFound("The key '" + key.id() + "'"));
    return new Result(access.find(caller, key.id(), Right.READ), revocation);
  }

  private static void requireEarlier(
      Caller caller, ApiKey key, Product product, Instant expiresAt, Instant now) {
    boolean isFixed = product.key().expiry() instanceof ExpiryPolicy.Fixed;
    if (isFixed && !(caller.principal() instanceof Principal.Operator)) {
      throw Forbidden.call(
          "The expiry of this product's keys is fixed; an operator can change it.");
    }
    if (key.statusAt(now) != KeyStatus.ACTIVE) {
      throw Conflict.with("The key is no longer active.");
    }
    if (!expiresAt.isAfter(now)) {
      throw Invalid.expiry("'expires_at' must lie in the future; to end a key now, revoke it.");
    }
    if (key.expiresAt() != null && expiresAt.isAfter(key.expiresAt())) {
      throw Invalid.expiry("A key's expiry can only become earlier; create a new key instead.");
    }
  }
}
