package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.Texts;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.Product;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Creates a workspace with its first owner. */
public final class CreateWorkspace {
  private final Access access;
  private final AccountStore accounts;
  private final WorkspaceStore workspaces;
  private final Ids ids;
  private final InstantSource clock;

  public CreateWorkspace(
      Access access,
      AccountStore accounts,
      WorkspaceStore workspaces,
      Ids ids,
      InstantSource clock) {
    this.access = access;
    this.accounts = accounts;
    this.workspaces = workspaces;
    this.ids = ids;
    this.clock = clock;
  }

  /** What to create; the owner is an account's id. */
  public record Command(
      String product, @Nullable String name, @Nullable String plan, @Nullable String owner) {}

  public Workspace execute(Caller caller, Command command) {
    Product product = access.product(command.product());
    Access.operator(caller, Right.MANAGE, product.slug());
    AccountId owner = new AccountId(Texts.line("owner", command.owner(), 100));
    boolean isAccount =
        accounts
            .find(owner)
            .filter(account -> account.product().equals(product.slug()))
            .isPresent();
    if (!isAccount) {
      throw Invalid.request("'owner' is no account of " + product.title() + ".");
    }
    var workspace =
        new Workspace(
            ids.workspace(),
            product.slug(),
            Texts.line("name", command.name(), 200),
            Plans.of(product, command.plan()),
            clock.instant(),
            1);
    var event =
        caller.done(
            "workspace.create",
            workspace.createdAt(),
            WorkspaceAccess.subject(workspace, owner),
            null);
    workspaces.create(workspace, owner, event);
    return workspace;
  }
}
