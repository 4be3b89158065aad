package dev.keyway.core.memory;

import dev.keyway.core.Cursor;
import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.operator.OperatorKeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class InMemoryOperatorKeys implements OperatorKeyStore {
  private final Memory memory;

  InMemoryOperatorKeys(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void create(OperatorKey key, AuditEvent event) {
    synchronized (memory) {
      memory.operatorKeys.put(key.id(), key);
      memory.trail.add(event);
    }
  }

  @Override
  public Optional<OperatorKey> find(OperatorKeyId id) {
    synchronized (memory) {
      return Optional.ofNullable(memory.operatorKeys.get(id));
    }
  }

  @Override
  public Page<OperatorKey> list(PageRequest page) {
    synchronized (memory) {
      return Memory.page(
          memory.operatorKeys.values().stream(),
          key -> new Cursor(key.createdAt(), key.id().text()),
          page);
    }
  }

  @Override
  public Optional<Change> revoke(OperatorKeyId id, Instant at, AuditEvent event) {
    synchronized (memory) {
      OperatorKey key = memory.operatorKeys.get(id);
      if (key == null) {
        return Optional.empty();
      }
      Long earlier = memory.operatorKeysRevokedBy.get(id);
      if (earlier != null) {
        return Optional.of(memory.change(earlier));
      }
      var entity = new Entity(Entity.Kind.OPERATOR_KEY, id.text());
      Change change = memory.commit(Direction.NARROWS, at, 1, List.of(entity), event);
      memory.operatorKeys.put(id, revoked(key, at));
      memory.operatorKeysRevokedBy.put(id, change.seq());
      return Optional.of(change);
    }
  }

  private static OperatorKey revoked(OperatorKey key, Instant at) {
    return new OperatorKey(
        key.id(), key.name(), key.rights(), key.products(), key.digest(), key.createdAt(), at);
  }
}
