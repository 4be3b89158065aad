package dev.keyway.core.memory;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.memory.Memory.Joined;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Deletion;
import dev.keyway.core.tenancy.Member;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.core.tenancy.WorkspaceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryWorkspaces implements WorkspaceStore {
  private final Memory memory;

  InMemoryWorkspaces(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void create(Workspace workspace, AccountId owner, AuditEvent event) {
    synchronized (memory) {
      memory.workspaces.put(workspace.id(), workspace);
      membersOf(workspace.id()).put(owner, new Joined(Role.OWNER, workspace.createdAt()));
      memory.trail.add(event);
    }
  }

  @Override
  public Optional<Workspace> find(WorkspaceId id) {
    synchronized (memory) {
      return Optional.ofNullable(memory.workspaces.get(id));
    }
  }

  @Override
  public Page<Workspace> list(Set<String> products, @Nullable AccountId member, PageRequest page) {
    synchronized (memory) {
      Stream<Workspace> rows =
          memory.workspaces.values().stream()
              .filter(workspace -> products.isEmpty() || products.contains(workspace.product()))
              .filter(workspace -> member == null || membersOf(workspace.id()).containsKey(member));
      return Memory.page(
          rows, workspace -> new Cursor(workspace.createdAt(), workspace.id().text()), page);
    }
  }

  @Override
  public Optional<Workspace> rename(
      WorkspaceId id, String name, Precondition precondition, AuditEvent event) {
    synchronized (memory) {
      Workspace before = memory.workspaces.get(id);
      if (before == null) {
        return Optional.empty();
      }
      precondition.check(before.version());
      Workspace after = changed(before, name, before.plan());
      memory.workspaces.put(id, after);
      memory.trail.add(event);
      return Optional.of(after);
    }
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
    synchronized (memory) {
      Workspace before = memory.workspaces.get(id);
      if (before == null) {
        return Optional.empty();
      }
      String newName = name == null ? before.name() : name;
      precondition.check(
          before.version(),
          List.of(before.name(), String.valueOf(before.plan())),
          List.of(newName, plan));
      memory.workspaces.put(id, changed(before, newName, plan));
      int keys = memory.countActive(key -> id.equals(key.workspace()), at);
      return Optional.of(memory.commit(direction, at, keys, List.of(entity(id)), event));
    }
  }

  @Override
  public Optional<Change> delete(
      WorkspaceId id, Instant at, Precondition precondition, AuditEvent event) {
    synchronized (memory) {
      Workspace workspace = memory.workspaces.get(id);
      if (workspace == null) {
        return memory.deletionOf(id.text()).map(Deletion::change);
      }
      precondition.check(workspace.version());
      var entities = new ArrayList<Entity>();
      entities.add(entity(id));
      Set<String> scopes = new HashSet<>();
      for (Resource resource : List.copyOf(memory.resources.values())) {
        if (id.equals(resource.workspace())) {
          memory.resources.remove(resource.id());
          scopes.add(resource.id().text());
          entities.add(Memory.entity(resource));
        }
      }
      List<ApiKey> ended =
          memory.deactivate(
              key -> id.equals(key.workspace()) || scopes.contains(key.scope().id()), at);
      memory.workspaces.remove(id);
      memory.members.remove(id);
      return memory.deleted(
          id.text(),
          workspace.product(),
          memory.commit(Direction.NARROWS, at, Memory.countActive(ended, at), entities, event));
    }
  }

  @Override
  public Optional<Deletion> deletionOf(WorkspaceId id) {
    synchronized (memory) {
      return memory.deletionOf(id.text());
    }
  }

  @Override
  public List<Member> members(WorkspaceId id) {
    synchronized (memory) {
      return membersOf(id).entrySet().stream()
          .map(member -> member(id, member.getKey(), member.getValue()))
          .sorted(Comparator.comparing(member -> member.membership().role()))
          .toList();
    }
  }

  private Member member(WorkspaceId id, AccountId accountId, Joined joined) {
    Account account = Objects.requireNonNull(memory.accounts.get(accountId));
    return new Member(
        new Membership(id, accountId, joined.role()), account.name(), account.email(), joined.at());
  }

  @Override
  public List<Membership> memberships(AccountId account) {
    synchronized (memory) {
      var memberships = new ArrayList<Membership>();
      memory.members.forEach((workspace, members) -> {
        Joined joined = members.get(account);
        if (joined != null) {
          memberships.add(new Membership(workspace, account, joined.role()));
        }
      });
      return memberships;
    }
  }

  @Override
  public Optional<Role> role(WorkspaceId id, AccountId account) {
    synchronized (memory) {
      return Optional.ofNullable(membersOf(id).get(account)).map(Joined::role);
    }
  }

  @Override
  public boolean putMember(
      Membership membership, Instant at, Precondition precondition, AuditEvent event) {
    synchronized (memory) {
      check(precondition, membership.workspace());
      if (membership.role() != Role.OWNER
          && isLastOwner(membership.workspace(), membership.account())) {
        return false;
      }
      membersOf(membership.workspace())
          .merge(
              membership.account(),
              new Joined(membership.role(), at),
              (before, after) -> new Joined(after.role(), before.at()));
      memory.trail.add(event);
      return true;
    }
  }

  @Override
  public Removed removeMember(
      WorkspaceId id, AccountId account, Instant at, Precondition precondition, AuditEvent event) {
    synchronized (memory) {
      check(precondition, id);
      if (isLastOwner(id, account)) {
        return new Removed(null);
      }
      membersOf(id).remove(account);
      List<ApiKey> made =
          memory.keys.values().stream()
              .filter(key -> key.createdBy().equals(account) && id.equals(key.workspace()))
              .toList();
      memory.deactivate(made::contains, at);
      List<Entity> entities = made.stream().map(Memory::entity).toList();
      int keys = Memory.countActive(made, at);
      return new Removed(memory.commit(Direction.NARROWS, at, keys, entities, event));
    }
  }

  private void check(Precondition precondition, WorkspaceId id) {
    find(id).ifPresent(workspace -> precondition.check(workspace.version()));
  }

  private Map<AccountId, Joined> membersOf(WorkspaceId id) {
    return memory.members.computeIfAbsent(id, _ -> new LinkedHashMap<>());
  }

  private boolean isLastOwner(WorkspaceId id, AccountId account) {
    List<AccountId> owners =
        membersOf(id).entrySet().stream()
            .filter(member -> member.getValue().role() == Role.OWNER)
            .map(Map.Entry::getKey)
            .toList();
    return owners.equals(List.of(account));
  }

  private static Workspace changed(Workspace before, String name, @Nullable String plan) {
    return new Workspace(
        before.id(), before.product(), name, plan, before.createdAt(), before.version() + 1);
  }

  private static Entity entity(WorkspaceId id) {
    return new Entity(Entity.Kind.WORKSPACE, id.text());
  }
}
