package dev.keyway.core.apikey;

import dev.keyway.core.RefusedException.Conflict;
import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.Product;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.ResourceStore;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.tenancy.WorkspaceStore;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out for whom a new key is and what it opens, and whether its creator may have that. */
public final class KeyOwnership {
  private final AccountStore accounts;
  private final WorkspaceStore workspaces;
  private final ResourceStore resources;

  public KeyOwnership(AccountStore accounts, WorkspaceStore workspaces, ResourceStore resources) {
    this.accounts = accounts;
    this.workspaces = workspaces;
    this.resources = resources;
  }

  /**
   * Whose a key is.
   *
   * @param account the account it acts for
   * @param workspace the workspace whose plan and membership it depends on
   */
  record Owner(AccountId account, Scope scope, @Nullable WorkspaceId workspace) {}

  /** What a creator names. */
  record Wish(@Nullable String account, @Nullable String workspace, @Nullable String resource) {}

  Owner of(Caller caller, Product product, Wish wish) {
    return switch (caller.principal()) {
      case Principal.KeyHolder holder -> sameAs(holder.key(), product, wish);
      case Principal.Person person -> ofPerson(person.account(), product, wish);
      case Principal.Operator _ -> {
        Access.operator(caller, Right.MANAGE, product.slug());
        yield resolve(product, wish, null);
      }
    };
  }

  private static Owner sameAs(ApiKey key, Product product, Wish wish) {
    requireSameProduct(key.product(), product);
    boolean isElsewhere =
        differs(wish.account(), key.createdBy().text())
            || differs(wish.workspace(), key.scope().id())
            || differs(wish.resource(), key.scope().id());
    if (isElsewhere) {
      throw Forbidden.call("A key can make keys for its own account and scope only.");
    }
    return new Owner(key.createdBy(), key.scope(), key.workspace());
  }

  private Owner ofPerson(Account person, Product product, Wish wish) {
    requireSameProduct(person.product(), product);
    if (differs(wish.account(), person.id().text())) {
      throw Forbidden.call("Only an operator can make keys for another account.");
    }
    return resolve(product, wish, person.id());
  }

  /**
   * Resolves ids.
   *
   * @param self the person who calls; null for an operator, who has to name the account
   */
  private Owner resolve(Product product, Wish wish, @Nullable AccountId self) {
    return switch (product.key().scope()) {
      case ACCOUNT -> {
        forbid(wish.workspace(), "workspace", product);
        forbid(wish.resource(), "resource", product);
        AccountId account = account(product, wish, self);
        yield new Owner(account, new Scope(ScopeKind.ACCOUNT, account.text()), null);
      }
      case WORKSPACE -> {
        forbid(wish.resource(), "resource", product);
        yield inWorkspace(product, account(product, wish, self), wish.workspace(), self);
      }
      case RESOURCE -> inResource(product, wish, self);
    };
  }

  private Owner inWorkspace(
      Product product, AccountId account, @Nullable String named, @Nullable AccountId self) {
    WorkspaceId id = named == null ? onlyWorkspace(account) : new WorkspaceId(named);
    Workspace workspace = workspace(product, id);
    requireMember(workspace, account, self);
    requireApiAccess(product, workspace);
    return new Owner(account, new Scope(ScopeKind.WORKSPACE, id.text()), id);
  }

  private Owner inResource(Product product, Wish wish, @Nullable AccountId self) {
    forbid(wish.workspace(), "workspace", product);
    String named = wish.resource();
    if (named == null) {
      throw Invalid.request("Name the 'resource' that the key is to open.");
    }
    Resource resource =
        resources
            .find(new ResourceId(named))
            .filter(found -> found.product().equals(product.slug()))
            .orElseThrow(() -> notFoundResource(named));
    var scope = new Scope(ScopeKind.RESOURCE, named);
    AccountId owner = resource.account();
    if (owner != null) {
      requireOwner(owner, wish, self, named);
      return new Owner(active(product, owner).id(), scope, null);
    }
    WorkspaceId workspaceId = Objects.requireNonNull(resource.workspace());
    AccountId account = account(product, wish, self);
    Workspace workspace = workspace(product, workspaceId);
    if (self != null && workspaces.role(workspaceId, self).isEmpty()) {
      throw notFoundResource(named);
    }
    requireMember(workspace, account, self);
    requireApiAccess(product, workspace);
    return new Owner(account, scope, workspaceId);
  }

  private static void requireOwner(
      AccountId owner, Wish wish, @Nullable AccountId self, String resource) {
    if (self != null && !self.equals(owner)) {
      throw notFoundResource(resource);
    }
    if (differs(wish.account(), owner.text())) {
      throw Invalid.request("The resource does not belong to the account named.");
    }
  }

  private AccountId account(Product product, Wish wish, @Nullable AccountId self) {
    if (self != null) {
      return self;
    }
    String named = wish.account();
    if (named == null) {
      throw Invalid.request("Name the 'account' that the key is for.");
    }
    return active(product, new AccountId(named)).id();
  }

  private Account active(Product product, AccountId id) {
    Account account =
        accounts
            .find(id)
            .filter(found -> found.product().equals(product.slug()))
            .orElseThrow(() -> new NotFound("The account '" + id + "'"));
    if (account.status() != Account.Status.ACTIVE) {
      throw Conflict.with("The account is suspended; make it active first.");
    }
    return account;
  }

  private WorkspaceId onlyWorkspace(AccountId account) {
    List<Membership> memberships = workspaces.memberships(account);
    if (memberships.size() != 1) {
      throw Invalid.request("Name the 'workspace' that the key is to open.");
    }
    return memberships.getFirst().workspace();
  }

  private Workspace workspace(Product product, WorkspaceId id) {
    return workspaces
        .find(id)
        .filter(found -> found.product().equals(product.slug()))
        .orElseThrow(() -> notFoundWorkspace(id));
  }

  private void requireMember(Workspace workspace, AccountId account, @Nullable AccountId self) {
    if (workspaces.role(workspace.id(), account).isPresent()) {
      return;
    }
    // Whoever is no member cannot learn that the workspace exists.
    throw self != null
        ? notFoundWorkspace(workspace.id())
        : Invalid.request("The account is not a member of the workspace.");
  }

  private static void requireApiAccess(Product product, Workspace workspace) {
    if (!product.hasApiAccess(workspace.plan())) {
      throw Forbidden.plan(String.valueOf(workspace.plan()));
    }
  }

  private static void requireSameProduct(String own, Product product) {
    if (!own.equals(product.slug())) {
      throw Forbidden.call("The caller belongs to the product '" + own + "'.");
    }
  }

  private static void forbid(@Nullable String value, String field, Product product) {
    if (value != null) {
      throw Invalid.request(
          "Keys of "
              + product.title()
              + " are scoped to "
              + product.key().scope().text()
              + "s; leave out '"
              + field
              + "'.");
    }
  }

  private static boolean differs(@Nullable String named, String own) {
    return named != null && !named.equals(own);
  }

  private static NotFound notFoundWorkspace(WorkspaceId id) {
    return new NotFound("The workspace '" + id + "'");
  }

  private static NotFound notFoundResource(String id) {
    return new NotFound("The resource '" + id + "'");
  }
}
