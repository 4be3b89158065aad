package dev.keyway.core.tenancy;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import java.util.List;
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
      case Principal.Person person -> {
        String own = person.account().product();
        // Another product is one where they have nothing; one that is not there is a mistake.
        yield product == null || access.product(product).slug().equals(own)
            ? resources.list(
                Set.of(own), new ResourceStore.Visibility.Of(person.account().id()), page)
            : new Page<>(List.of(), null);
      }
      case Principal.KeyHolder _ ->
          throw Forbidden.call("A key cannot list resources; sign in instead.");
    };
  }
}
