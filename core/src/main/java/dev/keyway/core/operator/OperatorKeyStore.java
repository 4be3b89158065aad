package dev.keyway.core.operator;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import java.time.Instant;
import java.util.Optional;

/**
 * Where operator keys are kept; the obligations of {@link dev.keyway.core.apikey.ApiKeyStore} hold.
 */
public interface OperatorKeyStore {

  void create(OperatorKey key, AuditEvent event);

  Optional<OperatorKey> find(OperatorKeyId id);

  /** Operator keys, revoked ones included, newest first. */
  Page<OperatorKey> list(PageRequest page);

  /**
   * Revokes one: a narrowing change. Of a key already revoked it returns the change that did it.
   *
   * @return empty when there is no such key
   */
  Optional<Change> revoke(OperatorKeyId id, Instant at, AuditEvent event);
}
