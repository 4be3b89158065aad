package dev.keyway.server.api;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.AuditLog;
import java.time.InstantSource;

/**
 * Writes the row of each refused call whose caller is known (ALL-6). Calls of unknown callers are
 * only counted: their number is an attacker's to choose.
 */
final class Refusals {
  private final RefusalSubjects subjects;
  private final AuditLog log;
  private final InstantSource clock;

  Refusals(RefusalSubjects subjects, AuditLog log, InstantSource clock) {
    this.subjects = subjects;
    this.log = log;
    this.clock = clock;
  }

  void note(Call call, String action, String code) {
    var caller = call.caller();
    log.append(
        new AuditEvent(
            "aud_" + caller.requestId(),
            clock.instant(),
            action,
            AuditEvent.Outcome.REFUSED,
            caller.principal().actor(),
            caller.address(),
            caller.requestId(),
            subjects.of(call),
            code));
  }
}
