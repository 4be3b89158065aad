package dev.keyway.app.command;

import dev.keyway.core.audit.Actor;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.tenancy.Ids;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The trail's rows about what is done on the machine itself, where whoever can write the store is
 * the operator.
 */
public final class LocalTrail {
  private static final String HERE = "local";

  private final Ids ids;

  public LocalTrail(Ids ids) {
    this.ids = ids;
  }

  /** The row that says something was done. */
  public AuditEvent done(String action, Instant at, @Nullable String reason) {
    String requestId = ids.next("req_");
    return new AuditEvent(
        "aud_" + requestId,
        at,
        action,
        AuditEvent.Outcome.DONE,
        new Actor(Actor.Kind.SYSTEM, HERE),
        HERE,
        requestId,
        AuditEvent.Subject.NONE,
        reason);
  }
}
