package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.Texts;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Right;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Creates a resource that an account or a workspace owns. */
public final class CreateResource {
  private final Access access;
  private final AccountStore accounts;
  private final WorkspaceStore workspaces;
  private final ResourceStore resources;
  private final Ids ids;
  private final InstantSource clock;

  public CreateResource(
      Access access,
      AccountStore accounts,
      WorkspaceStore workspaces,
      ResourceStore resources,
      Ids ids,
      InstantSource clock) {
    this.access = access;
    this.accounts = accounts;
    this.workspaces = workspaces;
    this.resources = resources;
    this.ids = ids;
    this.clock = clock;
  }

  /** What to create; exactly one of workspace and account is its owner. */
  public record Command(
      String product,
      @Nullable String workspace,
      @Nullable String account,
      @Nullable String kind,
      @Nullable String name) {}

  public Resource execute(Caller caller, Command command) {
    String product = access.product(command.product()).slug();
    Access.operator(caller, Right.MANAGE, product);
    var resource =
        new Resource(
            ids.resource(),
            product,
            workspace(product, command),
            account(product, command),
            Texts.line("kind", command.kind(), 50),
            Texts.line("name", command.name(), 200),
            clock.instant());
    resources.create(
        resource, caller.done("resource.create", resource.createdAt(), subject(resource), null));
    return resource;
  }

  private @Nullable WorkspaceId workspace(String product, Command command) {
    if ((command.workspace() == null) == (command.account() == null)) {
      throw Invalid.request("Name either 'workspace' or 'account' as the owner.");
    }
    if (command.workspace() == null) {
      return null;
    }
    return workspaces
        .find(new WorkspaceId(command.workspace()))
        .filter(workspace -> workspace.product().equals(product))
        .orElseThrow(() -> Invalid.request("'workspace' is none of this product's."))
        .id();
  }

  private @Nullable AccountId account(String product, Command command) {
    if (command.account() == null) {
      return null;
    }
    return accounts
        .find(new AccountId(command.account()))
        .filter(account -> account.product().equals(product))
        .orElseThrow(() -> Invalid.request("'account' is none of this product's."))
        .id();
  }

  /** How the trail names what happened to a resource. */
  static AuditEvent.Subject subject(Resource resource) {
    AccountId account = resource.account();
    WorkspaceId workspace = resource.workspace();
    return new AuditEvent.Subject(
        resource.product(),
        null,
        account == null ? null : account.text(),
        workspace == null ? null : workspace.text());
  }
}
