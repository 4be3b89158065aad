package dev.keyway.core.session;

import dev.keyway.core.audit.AuditEvent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions are kept; the obligations of {@link dev.keyway.core.apikey.ApiKeyStore} hold.
 *
 * <p>A session of an account that is not active must never be found: it ends with the suspension or
 * deletion, and none begins afterwards. The same holds for a password that was changed.
 */
public interface SessionStore {

  /**
   * Adds a session.
   *
   * @param passwordHash the hash that the person's password was compared with
   * @return false, and nothing written, when the account is not active or that is no longer its
   *     hash
   */
  boolean create(Session session, @Nullable String passwordHash, AuditEvent event);

  Optional<Session> find(String digest);

  /** Notes that a session was used. */
  void touch(String digest, Instant at);

  /**
   * Puts another session in the place of one.
   *
   * @param passwordHash as in {@link #create}
   * @return false, and nothing written, when the current one has ended, or as in {@link #create}
   */
  boolean replace(Session current, Session next, @Nullable String passwordHash, AuditEvent event);

  /** Ends one session. */
  void end(String digest, AuditEvent event);

  /** Forgets sessions that were created or last used before these instants. */
  void forget(Instant createdBefore, Instant lastSeenBefore);
}
