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

/** Lists workspaces: all to an operator, to a person those they are a member of. */
public final class ListWorkspaces {
  private final Access access;
  private final WorkspaceStore workspaces;

  public ListWorkspaces(Access access, WorkspaceStore workspaces) {
    this.access = access;
    this.workspaces = workspaces;
  }

  public Page<Workspace> execute(Caller caller, @Nullable String product, PageRequest page) {
    return switch (caller.principal()) {
      case Principal.Operator _ -> workspaces.list(access.readable(caller, product), null, page);
      case Principal.Person person -> {
        String own = person.account().product();
        // Another product is one where they have nothing; one that is not there is a mistake.
        yield product == null || access.product(product).slug().equals(own)
            ? workspaces.list(Set.of(own), person.account().id(), page)
            : new Page<>(List.of(), null);
      }
      case Principal.KeyHolder _ ->
          throw Forbidden.call("A key cannot list workspaces; sign in instead.");
    };
  }
}
