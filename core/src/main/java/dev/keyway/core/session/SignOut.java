package dev.keyway.core.session;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.tenancy.Account;
import java.time.InstantSource;

/** Ends a session. */
public final class SignOut {
  private final SessionStore sessions;
  private final InstantSource clock;

  public SignOut(SessionStore sessions, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  public void execute(Caller caller, Session session, Account account) {
    var subject = new AuditEvent.Subject(account.product(), null, account.id().text(), null);
    sessions.end(session.digest(), caller.done("session.end", clock.instant(), subject, null));
  }
}
