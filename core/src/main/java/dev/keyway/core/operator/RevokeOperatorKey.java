package dev.keyway.core.operator;

import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.apikey.Reasons;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Revokes an operator key: when it returns, no call is accepted with it. */
public final class RevokeOperatorKey {
  private final OperatorKeyStore keys;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public RevokeOperatorKey(OperatorKeyStore keys, Narrowing narrowing, InstantSource clock) {
    this.keys = keys;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  /** Revokes the key; of a revoked one it tells when that was. */
  public Revocation execute(Caller caller, OperatorKeyId id, @Nullable String reason) {
    CreateOperatorKey.unlimited(caller, Right.MANAGE);
    String given = Reasons.optional(reason);
    Instant now = clock.instant();
    var event = caller.done("operator_key.revoke", now, AuditEvent.Subject.NONE, what(id, given));
    return keys.revoke(id, now, event)
        .map(narrowing::confirm)
        .orElseThrow(() -> new NotFound("The operator key '" + id + "'"));
  }

  /** The trail's rows have no place of their own for an operator key's id. */
  private static String what(OperatorKeyId id, @Nullable String reason) {
    return reason == null ? id.text() : id.text() + ": " + reason;
  }
}
