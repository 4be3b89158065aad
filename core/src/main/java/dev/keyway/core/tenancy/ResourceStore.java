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
 * deleted resource is found by no call here but {@link #deletionOf}.
 */
public interface ResourceStore {

  void create(Resource resource, AuditEvent event);

  Optional<Resource> find(ResourceId id);

  /** Resources, newest first; an empty set of products means all. */
  Page<Resource> list(Set<String> products, Visibility visibility, PageRequest page);

  /**
   * Deletes a resource and deactivates the keys scoped to it: a narrowing change.
   *
   * @return the change that deleted it, even if that was earlier: nothing is written then; empty
   *     when there never was such a resource
   */
  Optional<Change> delete(ResourceId id, Instant at, AuditEvent event);

  /** How a resource was deleted; empty when it was not or never existed. */
  Optional<Deletion> deletionOf(ResourceId id);

  /** Whose resources are looked at. */
  sealed interface Visibility {
    /** All there are. */
    record All() implements Visibility {}

    /** Those an account owns itself or through a workspace it is a member of. */
    record Of(AccountId account) implements Visibility {}
  }
}
