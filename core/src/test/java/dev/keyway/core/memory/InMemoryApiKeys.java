package dev.keyway.core.memory;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.core.apikey.ListedKey;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.verify.VerifiableKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryApiKeys implements ApiKeyStore {
  /** Beyond so many keys a bulk revoke names what they share, not each of them. */
  private static final int MAX_ENTITIES = 1_000;

  private final Memory memory;

  InMemoryApiKeys(Memory memory) {
    this.memory = memory;
  }

  @Override
  public boolean create(ApiKey key, @Nullable Integer maxActive, AuditEvent event) {
    synchronized (memory) {
      Account creator = memory.accounts.get(key.createdBy());
      if (creator == null || creator.status() != Account.Status.ACTIVE) {
        throw RefusedException.Conflict.with("The account is not active.");
      }
      int taken = memory.countActive(other -> other.scope().equals(key.scope()), key.createdAt());
      if (maxActive != null && taken >= maxActive) {
        return false;
      }
      memory.keys.put(key.id(), ChangedKey.kept(key));
      memory.trail.add(event);
      return true;
    }
  }

  @Override
  public Optional<ListedKey> find(ApiKeyId id) {
    synchronized (memory) {
      return Optional.ofNullable(memory.keys.get(id)).map(this::listed);
    }
  }

  @Override
  public List<ListedKey> findAll(Set<ApiKeyId> ids) {
    return ids.stream().flatMap(id -> find(id).stream()).toList();
  }

  @Override
  public Optional<VerifiableKey> findForVerification(ApiKeyId id) {
    synchronized (memory) {
      return Optional.ofNullable(memory.keys.get(id)).map(this::verifiable);
    }
  }

  @Override
  public Page<ListedKey> list(KeyQuery query, KeySort sort, PageRequest page) {
    synchronized (memory) {
      return Memory.page(shown(query), sort::cursor, new KeyOrder(sort), page);
    }
  }

  @Override
  public int count(KeyQuery query) {
    synchronized (memory) {
      return (int) shown(query).count();
    }
  }

  private Stream<ListedKey> shown(KeyQuery query) {
    return memory.keys.values().stream()
        .map(this::listed)
        .filter(row -> KeyFilter.shows(query, row));
  }

  @Override
  public Optional<ApiKey> describe(
      ApiKeyId id,
      @Nullable String name,
      @Nullable String description,
      Precondition precondition,
      AuditEvent event) {
    synchronized (memory) {
      ApiKey key = memory.keys.get(id);
      if (key == null) {
        return Optional.empty();
      }
      precondition.check(key.version());
      ApiKey described = ChangedKey.described(key, name, description, key.expiresAt());
      memory.keys.put(id, described);
      memory.trail.add(event);
      return Optional.of(described);
    }
  }

  @Override
  public Optional<Change> expireEarlier(
      ApiKeyId id,
      @Nullable String name,
      @Nullable String description,
      Instant expiresAt,
      Precondition precondition,
      AuditEvent event) {
    synchronized (memory) {
      ApiKey key = memory.keys.get(id);
      if (key == null) {
        return Optional.empty();
      }
      boolean isThere =
          (name == null || name.equals(key.name()))
              && (description == null || description.equals(key.description()))
              && expiresAt.equals(key.expiresAt());
      precondition.check(key.version(), isThere, true);
      memory.keys.put(id, ChangedKey.described(key, name, description, expiresAt));
      return Optional.of(commit(List.of(key), event.at(), event));
    }
  }

  @Override
  public Optional<Change> revoke(
      ApiKeyId id, Instant at, Precondition precondition, AuditEvent event) {
    synchronized (memory) {
      ApiKey key = memory.keys.get(id);
      if (key == null) {
        return Optional.empty();
      }
      Long earlier = memory.revokedBy.get(id);
      if (earlier != null) {
        return Optional.of(memory.change(earlier));
      }
      precondition.check(key.version());
      Change change = commit(List.of(key), at, event);
      revoke(key, at, change);
      return Optional.of(change);
    }
  }

  @Override
  public Optional<Change> revocationOf(ApiKeyId id) {
    synchronized (memory) {
      return Optional.ofNullable(memory.revokedBy.get(id)).map(memory::change);
    }
  }

  @Override
  public Change revokeAll(Selection selection, Instant at, AuditEvent event) {
    synchronized (memory) {
      List<ApiKey> taken =
          memory.keys.values().stream().filter(key -> selects(selection, key)).toList();
      Change change =
          memory.commit(
              Direction.NARROWS,
              at,
              Memory.countActive(taken, at),
              entities(selection, taken),
              event);
      taken.stream().filter(key -> key.revokedAt() == null).forEach(key -> revoke(key, at, change));
      return change;
    }
  }

  private Change commit(List<ApiKey> keys, Instant at, AuditEvent event) {
    List<Entity> entities = keys.stream().map(Memory::entity).toList();
    return memory.commit(Direction.NARROWS, at, Memory.countActive(keys, at), entities, event);
  }

  private void revoke(ApiKey key, Instant at, Change change) {
    memory.keys.put(key.id(), ChangedKey.revoked(key, at));
    memory.revokedBy.put(key.id(), change.seq());
  }

  private static boolean selects(Selection selection, ApiKey key) {
    return selection.product().equals(key.product())
        && (selection.workspace() == null || selection.workspace().equals(key.workspace()))
        && (selection.account() == null || selection.account().equals(key.createdBy()))
        && (selection.createdByKey() == null
            || selection.createdByKey().equals(key.createdByKey()));
  }

  private static List<Entity> entities(Selection selection, List<ApiKey> taken) {
    if (taken.size() > MAX_ENTITIES && selection.workspace() != null) {
      return List.of(new Entity(Entity.Kind.WORKSPACE, selection.workspace().text()));
    }
    if (taken.size() > MAX_ENTITIES && selection.account() != null) {
      return List.of(new Entity(Entity.Kind.ACCOUNT, selection.account().text()));
    }
    return taken.stream().map(Memory::entity).toList();
  }

  private ListedKey listed(ApiKey key) {
    return new ListedKey(key, memory.lastUses.get(key.id()));
  }

  private VerifiableKey verifiable(ApiKey key) {
    Account account = memory.accounts.get(key.createdBy());
    Workspace workspace = key.workspace() == null ? null : memory.workspaces.get(key.workspace());
    return new VerifiableKey(
        key,
        account != null && account.status() == Account.Status.ACTIVE,
        workspace == null ? null : workspace.plan(),
        memory.changes.size());
  }
}
