package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Deletes a resource for good and deactivates the keys scoped to it; a repetition confirms that
 * again.
 */
public final class DeleteResource {
  private final ResourceStore resources;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public DeleteResource(ResourceStore resources, Narrowing narrowing, InstantSource clock) {
    this.resources = resources;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  public Revocation execute(Caller caller, ResourceId id) {
    var operator = Access.operator(caller, Right.MANAGE);
    return resources
        .find(id)
        .filter(resource -> Access.covers(operator, resource.product()))
        .flatMap(resource -> delete(caller, resource))
        .or(() ->
            resources
                .deletionOf(id)
                .filter(deletion -> Access.covers(operator, deletion.product()))
                .map(Deletion::change))
        .map(narrowing::confirm)
        .orElseThrow(() -> new NotFound("The resource '" + id + "'"));
  }

  private Optional<Change> delete(Caller caller, Resource resource) {
    Instant now = clock.instant();
    var event = caller.done("resource.delete", now, CreateResource.subject(resource), null);
    return resources.delete(resource.id(), now, event);
  }
}
