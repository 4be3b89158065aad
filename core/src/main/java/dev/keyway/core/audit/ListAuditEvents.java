package dev.keyway.core.audit;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.RefusedException.Forbidden;
import dev.keyway.core.operator.Access;
import dev.keyway.core.operator.Caller;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.tenancy.WorkspaceStore;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows the trail: all of it to an operator, a workspace's to its owner, their own keys' to others.
 */
public final class ListAuditEvents {
  private final AuditLog log;
  private final WorkspaceStore workspaces;

  public ListAuditEvents(AuditLog log, WorkspaceStore workspaces) {
    this.log = log;
    this.workspaces = workspaces;
  }

  /** Which rows; null does not narrow. */
  public record Query(
      @Nullable String product,
      @Nullable String key,
      @Nullable String account,
      @Nullable String workspace,
      @Nullable String action,
      @Nullable Instant from,
      @Nullable Instant to,
      PageRequest page) {}

  public Page<ListedEvent> execute(Caller caller, Query query) {
    Page<ListedEvent> found =
        log.list(
            new AuditQuery(
                visibility(caller),
                query.product(),
                query.key(),
                query.account(),
                query.workspace(),
                query.action(),
                query.from(),
                query.to()),
            query.page());
    return caller.principal() instanceof Principal.Operator
        ? found
        : found.map(ListedEvent::withoutOperatorName);
  }

  private AuditQuery.Visibility visibility(Caller caller) {
    return switch (caller.principal()) {
      case Principal.Operator operator -> {
        Access.requireRight(operator, Right.READ);
        yield new AuditQuery.Visibility.Products(operator.key().products());
      }
      case Principal.Person person ->
          new AuditQuery.Visibility.Person(person.account().id(), owned(person.account().id()));
      case Principal.KeyHolder _ ->
          throw Forbidden.call("A key cannot read the audit trail; sign in instead.");
    };
  }

  private Set<WorkspaceId> owned(AccountId account) {
    return workspaces.memberships(account).stream()
        .filter(membership -> membership.role() == Role.OWNER)
        .map(Membership::workspace)
        .collect(Collectors.toSet());
  }
}
