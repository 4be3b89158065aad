package dev.keyway.core.operator;

import dev.keyway.core.audit.AuditEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call of the management API: who makes it and from where.
 *
 * @param address the network address it comes from
 * @param requestId the id under which logs and the trail know it; also that of its audit row
 */
public record Caller(Principal principal, String address, String requestId) {

  /** The row that says this call was done. */
  public AuditEvent done(
      String action, Instant at, AuditEvent.Subject subject, @Nullable String reason) {
    return new AuditEvent(
        "aud_" + requestId,
        at,
        action,
        AuditEvent.Outcome.DONE,
        principal.actor(),
        address,
        requestId,
        subject,
        reason);
  }
}
