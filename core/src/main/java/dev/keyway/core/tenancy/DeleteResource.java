package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes a resource for good and deactivates the keys scoped to it. */
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
    Resource resource =
        resources
            .find(id)
            .filter(found -> Access.covers(operator, found.product()))
            .orElseThrow(() -> new NotFound("The resource '" + id + "'"));
    Instant now = clock.instant();
    var event = caller.done("resource.delete", now, CreateResource.subject(resource), null);
    return resources
        .delete(id, now, event)
        .map(narrowing::confirm)
        .orElseThrow(() -> new NotFound("The resource '" + id + "'"));
  }
}
