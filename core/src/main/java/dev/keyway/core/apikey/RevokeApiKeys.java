package dev.keyway.core.apikey;

import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.Texts;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Narrowing;
import dev.keyway.core.change.Revocation;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.operator.Right;
import dev.keyway.core.product.Product;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Revokes many keys as one change with one wait. */
public final class RevokeApiKeys {
  private final Access access;
  private final KeyAccess keyAccess;
  private final ApiKeyStore keys;
  private final Narrowing narrowing;
  private final InstantSource clock;

  public RevokeApiKeys(
      Access access,
      KeyAccess keyAccess,
      ApiKeyStore keys,
      Narrowing narrowing,
      InstantSource clock) {
    this.access = access;
    this.keyAccess = keyAccess;
    this.keys = keys;
    this.narrowing = narrowing;
    this.clock = clock;
  }

  /** Which keys: at least one of workspace, account and createdByKey; all that are given hold. */
  public record Command(
      String product,
      @Nullable String workspace,
      @Nullable String account,
      @Nullable ApiKeyId createdByKey,
      @Nullable String reason) {}

  public Revocation execute(Caller caller, Command command) {
    keyAccess.requireSelfManagement(caller);
    Product product = access.product(command.product());
    if (Stream.of(command.workspace(), command.account(), command.createdByKey())
        .allMatch(Objects::isNull)) {
      throw Invalid.request("Name 'workspace', 'account' or 'created_by_key'.");
    }
    String reason = Reasons.optional(Texts.line("reason", command.reason(), 200));
    ApiKeyStore.Selection selection = allowed(caller, product, selection(product, command));
    Instant now = clock.instant();
    AuditEvent event = caller.done("key.revoke_many", now, subject(selection), reason);
    return narrowing.confirm(keys.revokeAll(selection, now, event));
  }

  /** The selection, narrowed to what is the caller's; refused where nothing of it can be. */
  private ApiKeyStore.Selection allowed(
      Caller caller, Product product, ApiKeyStore.Selection wish) {
    return switch (caller.principal()) {
      case Principal.Operator _ -> {
        Access.operator(caller, Right.MANAGE, product.slug());
        yield wish;
      }
      case Principal.Person person -> {
        AccountId self = person.account().id();
        boolean isOwner =
            wish.workspace() != null && keyAccess.owned(self).contains(wish.workspace());
        yield isOwner ? wish : ownOnly(wish, self, wish.workspace());
      }
      case Principal.KeyHolder holder -> {
        if (holder.key().scope().kind() == ScopeKind.RESOURCE) {
          throw Forbidden.call("A key of one resource cannot revoke keys in bulk.");
        }
        yield ownOnly(wish, holder.key().createdBy(), holder.key().workspace());
      }
    };
  }

  private static ApiKeyStore.Selection ownOnly(
      ApiKeyStore.Selection wish, AccountId self, @Nullable WorkspaceId workspace) {
    boolean isAnothers =
        (wish.account() != null && !wish.account().equals(self))
            || (wish.workspace() != null && !wish.workspace().equals(workspace))
            || (wish.account() == null && wish.createdByKey() == null);
    if (isAnothers) {
      throw Forbidden.call("Only an owner of the workspace or an operator can do this.");
    }
    return new ApiKeyStore.Selection(wish.product(), workspace, self, wish.createdByKey());
  }

  private static ApiKeyStore.Selection selection(Product product, Command command) {
    String workspace = command.workspace();
    String account = command.account();
    return new ApiKeyStore.Selection(
        product.slug(),
        workspace == null ? null : new WorkspaceId(workspace),
        account == null ? null : new AccountId(account),
        command.createdByKey());
  }

  private static AuditEvent.Subject subject(ApiKeyStore.Selection selection) {
    ApiKeyId maker = selection.createdByKey();
    AccountId account = selection.account();
    WorkspaceId workspace = selection.workspace();
    return new AuditEvent.Subject(
        selection.product(),
        maker == null ? null : maker.toString(),
        account == null ? null : account.text(),
        workspace == null ? null : workspace.text());
  }
}
