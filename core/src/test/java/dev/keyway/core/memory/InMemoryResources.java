package dev.keyway.core.memory;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.Deletion;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.ResourceId;
import dev.keyway.core.tenancy.ResourceStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

final class InMemoryResources implements ResourceStore {
  private final Memory memory;

  InMemoryResources(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void create(Resource resource, AuditEvent event) {
    synchronized (memory) {
      memory.resources.put(resource.id(), resource);
      memory.trail.add(event);
    }
  }

  @Override
  public Optional<Resource> find(ResourceId id) {
    synchronized (memory) {
      return Optional.ofNullable(memory.resources.get(id));
    }
  }

  @Override
  public Page<Resource> list(Set<String> products, Visibility visibility, PageRequest page) {
    synchronized (memory) {
      Stream<Resource> rows =
          memory.resources.values().stream()
              .filter(resource -> products.isEmpty() || products.contains(resource.product()))
              .filter(resource -> isVisible(visibility, resource));
      return Memory.page(
          rows, resource -> new Cursor(resource.createdAt(), resource.id().text()), page);
    }
  }

  @Override
  public Optional<Change> delete(ResourceId id, Instant at, AuditEvent event) {
    synchronized (memory) {
      Resource resource = memory.resources.remove(id);
      if (resource == null) {
        return memory.deletionOf(id.text()).map(Deletion::change);
      }
      List<ApiKey> ended = memory.deactivate(key -> id.text().equals(key.resource()), at);
      return memory.deleted(
          id.text(),
          resource.product(),
          memory.commit(
              Direction.NARROWS,
              at,
              Memory.countActive(ended, at),
              List.of(Memory.entity(resource)),
              event));
    }
  }

  @Override
  public Optional<Deletion> deletionOf(ResourceId id) {
    synchronized (memory) {
      return memory.deletionOf(id.text());
    }
  }

  private boolean isVisible(Visibility visibility, Resource resource) {
    return switch (visibility) {
      case Visibility.All _ -> true;
      case Visibility.Of of ->
          of.account().equals(resource.account()) || isMember(of.account(), resource);
    };
  }

  private boolean isMember(AccountId account, Resource resource) {
    Map<AccountId, Memory.Joined> members =
        resource.workspace() == null ? null : memory.members.get(resource.workspace());
    return members != null && members.containsKey(account);
  }
}
