package dev.keyway.core.apikey;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Revokes a key: when it returns, nothing accepts the key any more (ALL-3). */
public final class RevokeApiKey {
  private final KeyAccess access;
  private final ApiKeyStore keys;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public RevokeApiKey(
      KeyAccess access, ApiKeyStore keys, Narrowing narrowing, InstantSource clock) {
    this.access = access;
    this.keys = keys;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  /** Which key, and why. */
  public record Command(ApiKeyId id, @Nullable String reason, Precondition precondition) {}

  /** The key after the revocation. */
  public record Result(ListedKey key, Revocation revocation) {}

  /** Revokes the key; of a revoked one it tells when that was. */
  public Result execute(Caller caller, Command command) {
    ApiKey key = access.find(caller, command.id(), Right.MANAGE).key();
    Instant now = clock.instant();
    String reason = Reasons.optional(command.reason());
    var event = caller.done("key.revoke", now, CreateApiKey.subject(key), reason);
    Revocation revocation =
        keys.revoke(key.id(), now, command.precondition(), event)
            .map(narrowing::confirm)
            .orElseThrow(() -> new NotFound("The key '" + key.id() + "'"));
    ListedKey revoked =
        keys.find(key.id()).orElseThrow(() -> new NotFound("The key '" + key.id() + "'"));
    return new Result(revoked, revocation);
  }
}
