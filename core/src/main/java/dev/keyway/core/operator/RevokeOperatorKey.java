package dev.keyway.core.operator;

import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import java.time.Instant;
import java.time.InstantSource;

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

  public Revocation execute(Caller caller, OperatorKeyId id) {
    CreateOperatorKey.unlimited(caller, Right.MANAGE);
    Instant now = clock.instant();
    var event = caller.done("operator_key.revoke", now, AuditEvent.Subject.NONE, id.text());
    return keys.revoke(id, now, event)
        .map(narrowing::confirm)
        .orElseThrow(() -> new NotFound("The operator key '" + id + "'"));
  }
}
