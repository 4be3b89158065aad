package dev.keyway.server.api;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.AuditEvent.Subject;
import dev.keyway.core.audit.AuditLog;
import java.time.InstantSource;

/**
 * Writes the row of each refused call whose caller is known (ALL-6), as often as its {@linkplain
 * RefusalRates rate} allows; the caller's next call then leaves a row that tells how many more
 * there were. Calls of unknown callers are only counted: their number is an attacker's to choose.
 */
final class Refusals {
  private final RefusalSubjects subjects;
  private final AuditLog log;
  private final RefusalRates rates;
  private final InstantSource clock;

  Refusals(RefusalSubjects subjects, AuditLog log, InstantSource clock) {
    this.subjects = subjects;
    this.log = log;
    this.rates = new RefusalRates(clock::millis);
    this.clock = clock;
  }

  void note(Call call, String action, String code) {
    if (rates.take(call.caller().principal().actor(), action)) {
      log.append(row(call, "", action, subjects.of(call), code));
    }
  }

  /** Writes how many of the caller's refused calls have no row, once there is room for that. */
  void tellLeftOut(Call call) {
    var principal = call.caller().principal();
    var leftOut = rates.takeLeftOut(principal.actor());
    if (leftOut.calls() == 0) {
      return;
    }
    String reason = "and " + leftOut.calls() + " more";
    Subject own = RefusalSubjects.own(principal);
    try {
      log.append(row(call, "_more", leftOut.action(), own, reason));
    } catch (UnavailableException e) {
      // This call may need no more than a look into memory; the row can wait for the next one.
      rates.giveBack(principal.actor(), leftOut);
    }
  }

  private AuditEvent row(Call call, String suffix, String action, Subject subject, String reason) {
    var caller = call.caller();
    return new AuditEvent(
        "aud_" + caller.requestId() + suffix,
        clock.instant(),
        action,
        AuditEvent.Outcome.REFUSED,
        caller.principal().actor(),
        caller.address(),
        caller.requestId(),
        subject,
        reason);
  }
}
