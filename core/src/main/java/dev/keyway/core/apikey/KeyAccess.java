package dev.keyway.core.apikey;

import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.Product;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.tenancy.WorkspaceStore;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may see and change which keys: operators those of their products, people their own and those
 * of the workspaces they own, a product key its creator's in its own scope (MEMO-7).
 */
public final class KeyAccess {
  private final Access access;
  private final ApiKeyStore keys;
  private final WorkspaceStore workspaces;

  public KeyAccess(Access access, ApiKeyStore keys, WorkspaceStore workspaces) {
    this.access = access;
    this.keys = keys;
    this.workspaces = workspaces;
  }

  /** A key the caller may use a right on; another's key is not found, like one that never was. */
  public ListedKey find(Caller caller, ApiKeyId id, Right right) {
    if (caller.principal() instanceof Principal.Operator operator) {
      Access.requireRight(operator, right);
    }
    requireSelfManagement(caller);
    return keys.find(id)
        .filter(found -> isVisible(caller, found.key()))
        .orElseThrow(() -> new NotFound("The key '" + id + "'"));
  }

  /** Those of the keys that an operator or a person may read, each once, in their order. */
  public List<ApiKeyId> visible(Caller caller, List<ApiKeyId> ids) {
    Predicate<ApiKey> isVisible = visibleKeys(caller);
    Set<ApiKeyId> visible =
        keys.findAll(Set.copyOf(ids)).stream()
            .map(ListedKey::key)
            .filter(isVisible)
            .map(ApiKey::id)
            .collect(Collectors.toSet());
    return ids.stream().distinct().filter(visible::contains).toList();
  }

  /** What tells the keys of many, with one question for all of a person's roles. */
  private Predicate<ApiKey> visibleKeys(Caller caller) {
    return switch (caller.principal()) {
      case Principal.Operator operator -> {
        Access.requireRight(operator, Right.READ);
        yield key -> Access.covers(operator, key.product());
      }
      case Principal.Person person -> {
        AccountId account = person.account().id();
        Set<WorkspaceId> owned = owned(account);
        yield key -> key.createdBy().equals(account) || isIn(owned, key.workspace());
      }
      case Principal.KeyHolder _ ->
          throw Forbidden.call("A key can be asked for one key at a time; sign in instead.");
    };
  }

  private static boolean isIn(Set<WorkspaceId> owned, @Nullable WorkspaceId workspace) {
    return workspace != null && owned.contains(workspace);
  }

  /** What exists for the caller in lists. */
  KeyQuery.Visibility visibility(Caller caller) {
    requireSelfManagement(caller);
    return switch (caller.principal()) {
      case Principal.Operator operator -> {
        Access.requireRight(operator, Right.READ);
        yield new KeyQuery.Visibility.Products(operator.key().products());
      }
      case Principal.Person person ->
          new KeyQuery.Visibility.Person(person.account().id(), owned(person.account().id()));
      case Principal.KeyHolder holder ->
          new KeyQuery.Visibility.InScope(holder.key().createdBy(), holder.key().scope());
    };
  }

  /** The workspaces an account owns. */
  Set<WorkspaceId> owned(AccountId account) {
    return workspaces.memberships(account).stream()
        .filter(membership -> membership.role() == Role.OWNER)
        .map(Membership::workspace)
        .collect(Collectors.toSet());
  }

  /** Refuses a product key whose product does not let keys manage keys. */
  public void requireSelfManagement(Caller caller) {
    if (caller.principal() instanceof Principal.KeyHolder holder
        && !productOf(holder.key()).selfManagement()) {
      throw Forbidden.call("Keys of this product cannot manage keys; sign in instead.");
    }
  }

  Product productOf(ApiKey key) {
    return access.product(key.product());
  }

  /** Whether a key exists for the caller, whatever their rights. */
  public boolean sees(Caller caller, ApiKeyId id) {
    return keys.find(id).filter(found -> isVisible(caller, found.key())).isPresent();
  }

  private boolean isVisible(Caller caller, ApiKey key) {
    return switch (caller.principal()) {
      case Principal.Operator operator -> Access.covers(operator, key.product());
      case Principal.Person person -> isOwn(person.account().id(), key);
      case Principal.KeyHolder holder ->
          key.createdBy().equals(holder.key().createdBy())
              && key.scope().equals(holder.key().scope());
    };
  }

  private boolean isOwn(AccountId account, ApiKey key) {
    WorkspaceId workspace = key.workspace();
    return key.createdBy().equals(account)
        || (workspace != null
            && workspaces.role(workspace, account).filter(Role.OWNER::equals).isPresent());
  }
}
