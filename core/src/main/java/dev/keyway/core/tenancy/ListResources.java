package dev.keyway.core.tenancy;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists resources: all to an operator, to a person those that are theirs. */
public final class ListResources {
  private final Access access;
  private final ResourceStore resources;

  public ListResources(Access access, ResourceStore resources) {
    this.access = access;
    this.resources = resources;
  }

  public Page<Resource> execute(Caller caller, @Nullable String product, PageRequest page) {
    return switch (caller.principal()) {
      case Principal.Operator _ ->
          resources.list(
              access.readable(caller, product), new ResourceStore.Visibility.All(), page);
      case Principal.Person person ->
          resources.list(
              Set.of(person.account().product()),
              new ResourceStore.Visibility.Of(person.account().id()),
              page);
      case Principal.KeyHolder _ ->
          throw Forbidden.call("A key cannot list resources; sign in instead.");
    };
  }
}
