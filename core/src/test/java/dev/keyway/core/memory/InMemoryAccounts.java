package dev.keyway.core.memory;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.Texts;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.Deletion;
import dev.keyway.core.tenancy.Member;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryAccounts implements AccountStore {
  private final Memory memory;

  InMemoryAccounts(Memory memory) {
    this.memory = memory;
  }

  @Override
  public Created create(Account account, AuditEvent event) {
    synchronized (memory) {
      if (isEmailTaken(account)) {
        return Created.EMAIL_TAKEN;
      }
      String externalId = account.externalId();
      if (externalId != null && findByExternalId(account.product(), externalId).isPresent()) {
        return Created.EXTERNAL_ID_TAKEN;
      }
      memory.accounts.put(account.id(), account);
      memory.trail.add(event);
      return Created.OK;
    }
  }

  @Override
  public Optional<Account> find(AccountId id) {
    synchronized (memory) {
      return Optional.ofNullable(memory.accounts.get(id));
    }
  }

  @Override
  public Optional<Account> findByExternalId(String product, String externalId) {
    synchronized (memory) {
      return memory.accounts.values().stream()
          .filter(a -> a.product().equals(product) && externalId.equals(a.externalId()))
          .findAny();
    }
  }

  @Override
  public Page<Account> list(Set<String> products, @Nullable String externalId, PageRequest page) {
    synchronized (memory) {
      Stream<Account> rows =
          memory.accounts.values().stream()
              .filter(account -> products.isEmpty() || products.contains(account.product()))
              .filter(account -> externalId == null || externalId.equals(account.externalId()));
      return Memory.page(
          rows, account -> new Cursor(account.createdAt(), account.id().text()), page);
    }
  }

  @Override
  public Updated update(
      AccountId id, Patch patch, Instant at, Precondition precondition, AuditEvent event) {
    synchronized (memory) {
      Account before = memory.accounts.get(id);
      if (before == null) {
        return new Updated(Updated.Outcome.NOT_FOUND, null, null);
      }
      Account wanted = patch.over(before);
      if (patch.status() == null || !wanted.equals(before)) {
        precondition.check(before.version());
      }
      Account after = updated(wanted);
      if (isEmailTaken(after)) {
        return new Updated(Updated.Outcome.EMAIL_TAKEN, null, null);
      }
      memory.accounts.put(after.id(), after);
      if (!after.email().equals(before.email())) {
        memory.endInvitations(id);
      }
      boolean suspends = patch.status() == Account.Status.SUSPENDED;
      if (patch.status() == null || (!suspends && before.status() == after.status())) {
        memory.trail.add(event);
        return new Updated(Updated.Outcome.OK, after, null);
      }
      int keys = 0;
      if (suspends) {
        memory.endSignIns(id);
        keys = memory.countActive(key -> key.createdBy().equals(after.id()), at);
        memory.deactivate(key -> key.createdBy().equals(after.id()), at);
      }
      Direction direction = suspends ? Direction.NARROWS : Direction.WIDENS;
      Change change = memory.commit(direction, at, keys, List.of(entity(after.id())), event);
      return new Updated(Updated.Outcome.OK, after, change);
    }
  }

  @Override
  public Optional<Change> delete(
      AccountId id, Instant at, Precondition precondition, AuditEvent event) {
    synchronized (memory) {
      Account account = memory.accounts.get(id);
      if (account == null) {
        return memory.deletionOf(id.text()).map(Deletion::change);
      }
      precondition.check(account.version());
      requireOtherOwners(id);
      var entities = new ArrayList<Entity>();
      entities.add(entity(id));
      Set<String> scopes = new HashSet<>(Set.of(id.text()));
      for (Resource resource : List.copyOf(memory.resources.values())) {
        if (id.equals(resource.account())) {
          memory.resources.remove(resource.id());
          scopes.add(resource.id().text());
          entities.add(Memory.entity(resource));
        }
      }
      List<ApiKey> ended =
          memory.deactivate(
              key -> key.createdBy().equals(id) || scopes.contains(key.scope().id()), at);
      memory.accounts.remove(id);
      memory.passwordHashes.remove(id);
      memory.members.values().forEach(members -> members.remove(id));
      memory.endSignIns(id);
      return memory.deleted(
          id.text(),
          account.product(),
          memory.commit(Direction.NARROWS, at, Memory.countActive(ended, at), entities, event));
    }
  }

  @Override
  public Optional<Deletion> deletionOf(AccountId id) {
    synchronized (memory) {
      return memory.deletionOf(id.text());
    }
  }

  private boolean isEmailTaken(Account account) {
    return memory.accounts.values().stream()
        .filter(other -> !other.id().equals(account.id()))
        .filter(other -> other.product().equals(account.product()))
        .anyMatch(other -> fold(other.email()).equals(fold(account.email())));
  }

  private void requireOtherOwners(AccountId id) {
    var workspaces = new InMemoryWorkspaces(memory);
    for (Membership membership : workspaces.memberships(id)) {
      membership.requireAnotherOwner(
          workspaces.members(membership.workspace()).stream().map(Member::membership).toList());
    }
  }

  private static Account updated(Account account) {
    return new Account(
        account.id(),
        account.product(),
        account.email(),
        account.name(),
        account.externalId(),
        account.status(),
        account.createdAt(),
        account.version() + 1);
  }

  private static Entity entity(AccountId id) {
    return new Entity(Entity.Kind.ACCOUNT, id.text());
  }

  private static String fold(String email) {
    return Texts.folded(email);
  }
}
