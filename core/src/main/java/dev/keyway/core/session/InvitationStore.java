package dev.keyway.core.session;

import dev.keyway.core.audit.AuditEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * Where invitations are kept; the obligations of {@link dev.keyway.core.apikey.ApiKeyStore} hold.
 *
 * <p>Invitations of an account must end when it is suspended or deleted, when its e-mail changes,
 * so that none goes on at an address that was wrong, and when its password is set.
 */
public interface InvitationStore {

  /**
   * Adds an invitation and ends the account's earlier ones.
   *
   * @return false, and nothing written, when the account is not active
   */
  boolean create(Invitation invitation, AuditEvent event);

  /** An invitation that was neither accepted nor ended; it may have expired. */
  Optional<Invitation> find(String digest);

  /**
   * Sets the password's hash by an invitation, which ends with it, as do the account's sessions. Of
   * several calls for one invitation exactly one must succeed.
   *
   * @return false, and nothing written, when it is not there or has expired, or the account is not
   *     active
   */
  boolean accept(String digest, Instant at, String hash, AuditEvent event);

  /** Forgets those that expired before an instant. */
  void forget(Instant expiredBefore);
}
