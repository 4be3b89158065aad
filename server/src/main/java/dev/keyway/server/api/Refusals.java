package dev.keyway.server.api;

import dev.keyway.core.Deadline;
import dev.keyway.core.OutcomeUnknownException;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.audit.AuditEvent.Subject;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.server.api.RefusalRates.LeftOut;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the row of each refused call whose caller is known (ALL-6), as often as its {@linkplain
 * RefusalRates rate} allows; the caller's next call then leaves a row that tells how many more
 * there were. Calls of unknown callers are only counted: their number is an attacker's to choose.
 */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /** How long a call waits for a row that is not its own. */
  private static final Duration ASIDE = Duration.ofSeconds(1);

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

  /** Writes the row of a refused call, which stays refused though the row cannot be written. */
  void note(Call call, String action, String code) {
    var actor = call.caller().principal().actor();
    if (!rates.take(actor, action)) {
      return;
    }
    try {
      log.append(row(call, "", action, subjects.of(call), code));
    } catch (UnavailableException e) {
      LOG.atWarn()
          .addKeyValue("caller", actor.id())
          .addKeyValue("action", action)
          .addKeyValue("request_id", call.caller().requestId())
          .log("a refused call may have no row of the trail: {}", e.getMessage());
      if (!(e instanceof OutcomeUnknownException)) {
        rates.giveBack(actor, new LeftOut(1, action));
      }
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
      AuditEvent row = row(call, "_more", leftOut.action(), own, reason);
      Deadline.runWithin(ASIDE, System::nanoTime, () -> log.append(row));
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
