package dev.keyway.core.session;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.tenancy.AccountId;
import java.time.Instant;
import java.util.Optional;

/** Where sessions are kept. */
public interface SessionStore {

  void create(Session session, AuditEvent event);

  Optional<Session> find(String digest);

  /** Notes that a session was used. */
  void touch(String digest, Instant at);

  /** Notes that its person gave the password again. */
  void reauthenticated(String digest, Instant at);

  /** Ends one session. */
  void end(String digest, AuditEvent event);

  /** Ends all sessions of an account. */
  void endAll(AccountId account);

  /** Forgets sessions that were created or last used before these instants. */
  void forget(Instant createdBefore, Instant lastSeenBefore);
}
