package dev.keyway.store.sql;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Deletion;
import dev.keyway.core.tenancy.Member;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.tenancy.WorkspaceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Workspaces and their members in SQL. */
public final class SqlWorkspaceStore implements WorkspaceStore {
  private final Transactions transactions;

  public SqlWorkspaceStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void create(Workspace workspace, AccountId owner, AuditEvent event) {
    transactions.run(handle -> {
      WorkspaceRows.insert(handle, workspace);
      MembershipRows.put(
          handle, new Membership(workspace.id(), owner, Role.OWNER), workspace.createdAt());
      AuditRows.insert(handle, event);
    });
  }

  @Override
  public Optional<Workspace> find(WorkspaceId id) {
    return transactions.read(handle -> WorkspaceRows.find(handle, id));
  }

  @Override
  public Page<Workspace> list(Set<String> products, @Nullable AccountId member, PageRequest page) {
    var conditions = new Conditions().and("w.deleted_at IS NULL");
    conditions.inUnlessEmpty(
        member == null ? "w.product" : Conditions.aside("w.product"), "products", products);
    if (member != null) {
      conditions.and(
          "w.id IN (SELECT m.workspace_id FROM membership m"
              + " WHERE m.account_id = :member AND m.left_at IS NULL)",
          "member",
          member.text());
    }
    return transactions.read(handle -> WorkspaceRows.LISTING.page(handle, conditions, page));
  }

  @Override
  public Optional<Workspace> rename(
      WorkspaceId id, String name, Precondition precondition, AuditEvent event) {
    return transactions.write(handle ->
        WorkspaceRows.find(handle, id)
            .map(workspace -> {
              precondition.check(workspace.version());
              WorkspaceRows.update(handle, id, name, workspace.plan());
              AuditRows.insert(handle, event);
              return WorkspaceRows.find(handle, id).orElseThrow();
            }));
  }

  @Override
  public Optional<Change> changePlan(
      WorkspaceId id,
      String plan,
      @Nullable String name,
      Direction direction,
      Instant at,
      Precondition precondition,
      AuditEvent event) {
    return transactions.write(handle ->
        WorkspaceRows.find(handle, id)
            .map(workspace -> {
              String newName = name == null ? workspace.name() : name;
              precondition.check(
                  workspace.version(),
                  List.of(workspace.name(), String.valueOf(workspace.plan())),
                  List.of(newName, plan));
              WorkspaceRows.update(handle, id, newName, plan);
              AuditRows.insert(handle, event);
              int active = KeyEnds.countActive(handle, keysOf(id), at);
              return Changes.write(handle, direction, at, active, List.of(entity(id)));
            }));
  }

  @Override
  public Optional<Change> delete(
      WorkspaceId id, Instant at, Precondition precondition, AuditEvent event) {
    return transactions.write(handle ->
        WorkspaceRows.find(handle, id)
            .map(workspace -> {
              precondition.check(workspace.version());
              AuditRows.insert(handle, event);
              return delete(handle, id, at);
            })
            .or(() -> Deletions.OF_WORKSPACE.find(handle, id.text()).map(Deletion::change)));
  }

  @Override
  public Optional<Deletion> deletionOf(WorkspaceId id) {
    return transactions.read(handle -> Deletions.OF_WORKSPACE.find(handle, id.text()));
  }

  @Override
  public List<Member> members(WorkspaceId id) {
    return transactions.read(handle -> MembershipRows.members(handle, id));
  }

  @Override
  public List<Membership> memberships(AccountId account) {
    return transactions.read(handle -> MembershipRows.of(handle, account));
  }

  @Override
  public Optional<Role> role(WorkspaceId id, AccountId account) {
    return transactions.read(handle -> MembershipRows.role(handle, id, account));
  }

  /**
   * {@inheritDoc}
   *
   * @throws RefusedException.NotFound when workspace or account has gone since the caller looked
   */
  @Override
  public boolean putMember(
      Membership membership, Instant at, Precondition precondition, AuditEvent event) {
    WorkspaceId id = membership.workspace();
    return transactions.write(handle -> {
      Workspace workspace =
          WorkspaceRows.find(handle, id)
              .orElseThrow(() -> new RefusedException.NotFound("The workspace"));
      precondition.check(workspace.version());
      if (AccountRows.find(handle, membership.account()).isEmpty()) {
        throw new RefusedException.NotFound("The account");
      }
      if (membership.role() != Role.OWNER
          && MembershipRows.isLastOwner(handle, id, membership.account())) {
        return false;
      }
      MembershipRows.put(handle, membership, at);
      AuditRows.insert(handle, event);
      return true;
    });
  }

  @Override
  public Removed removeMember(
      WorkspaceId id, AccountId account, Instant at, Precondition precondition, AuditEvent event) {
    return transactions.write(handle -> {
      WorkspaceRows.find(handle, id)
          .ifPresent(workspace -> precondition.check(workspace.version()));
      if (MembershipRows.isLastOwner(handle, id, account)) {
        return new Removed(null);
      }
      MembershipRows.end(
          handle,
          MembershipRows.in(id).and("m.account_id = :account", "account", account.text()),
          at);
      Conditions keys = keysOf(id).and("k.created_by = :account", "account", account.text());
      // Those that have ended too: an earlier removal may not have been confirmed.
      KeyEnds.Found found = KeyEnds.find(handle, keys, at);
      KeyEnds.deactivate(handle, keys, at);
      AuditRows.insert(handle, event);
      return new Removed(
          Changes.write(handle, Direction.NARROWS, at, found.active(), found.entities()));
    });
  }

  static Change delete(Handle handle, WorkspaceId id, Instant at) {
    var resources = new Conditions().and("r.workspace_id = :workspace", "workspace", id.text());
    var keys =
        new Conditions()
            .and(
                """
                (k.workspace_id = :workspace
                 OR (k.scope_kind = 'workspace' AND k.scope_id = :workspace)
                 OR (k.scope_kind = 'resource' AND k.scope_id IN
                   (SELECT r.id FROM resource r
                     WHERE r.workspace_id = :workspace AND r.deleted_at IS NULL)))
                """,
                "workspace",
                id.text());
    KeyEnds.Found ended = KeyEnds.deactivate(handle, keys, at);
    var entities = new ArrayList<Entity>();
    entities.add(entity(id));
    entities.addAll(ResourceRows.living(handle, resources));
    Change change = Changes.write(handle, Direction.NARROWS, at, ended.active(), entities);
    ResourceRows.delete(handle, resources, change);
    MembershipRows.end(handle, MembershipRows.in(id), at);
    handle.execute(
        "UPDATE workspace SET deleted_at = ?, deleted_seq = ?, version = version + 1 WHERE id = ?",
        at.toEpochMilli(),
        change.seq(),
        id.text());
    return change;
  }

  private static Entity entity(WorkspaceId id) {
    return new Entity(Entity.Kind.WORKSPACE, id.text());
  }

  private static Conditions keysOf(WorkspaceId id) {
    return new Conditions().and("k.workspace_id = :workspace", "workspace", id.text());
  }
}
