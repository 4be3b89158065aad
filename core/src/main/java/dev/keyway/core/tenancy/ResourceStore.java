package dev.keyway.core.tenancy;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Where resources are kept; the obligations of {@link dev.keyway.core.apikey.ApiKeyStore} hold. A
 * deleted resource is found by no call here.
 */
public interface ResourceStore {

  void create(Resource resource, AuditEvent event);

  Optional<Resource> find(ResourceId id);

  /** Resources, newest first; an empty set of products means all. */
  Page<Resource> list(Set<String> products, Visibility visibility, PageRequest page);

  /**
   * Deletes a resource and deactivates the keys scoped to it: a narrowing change.
   *
   * @return empty when there is no such resource
   */
  Optional<Change> delete(ResourceId id, Instant at, AuditEvent event);

  /** Whose resources are looked at. */
  sealed interface Visibility {
    /** All there are. */
    record All() implements Visibility {}

    /** Those an account owns itself or through a workspace it is a member of. */
    record Of(AccountId account) implements Visibility {}
  }
}
