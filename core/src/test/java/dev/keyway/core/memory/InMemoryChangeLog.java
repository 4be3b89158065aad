package dev.keyway.core.memory;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeLog;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

final class InMemoryChangeLog implements ChangeLog {
  private final Memory memory;

  InMemoryChangeLog(Memory memory) {
    this.memory = memory;
  }

  @Override
  public long head() {
    synchronized (memory) {
      return memory.changes.size();
    }
  }

  @Override
  public Optional<Change> find(long seq) {
    synchronized (memory) {
      return seq < 1 || seq > memory.changes.size()
          ? Optional.empty()
          : Optional.of(memory.change(seq));
    }
  }

  @Override
  public List<Change> after(long seq, int most) {
    synchronized (memory) {
      return memory.changes.stream().filter(change -> change.seq() > seq).limit(most).toList();
    }
  }

  @Override
  public List<Long> unconfirmed() {
    synchronized (memory) {
      return memory.changes.stream()
          .filter(change -> change.effectiveAt() == null)
          .map(Change::seq)
          .toList();
    }
  }

  @Override
  public Instant markEffective(long seq, Instant at) {
    synchronized (memory) {
      Change change = effective(memory.change(seq), at);
      memory.changes.set((int) seq - 1, change);
      return Objects.requireNonNull(change.effectiveAt());
    }
  }

  @Override
  public void markAllEffective(Instant at) {
    synchronized (memory) {
      memory.changes.replaceAll(change ->
          effective(change, at.isBefore(change.committedAt()) ? change.committedAt() : at));
    }
  }

  private static Change effective(Change change, Instant at) {
    if (change.effectiveAt() != null) {
      return change;
    }
    return new Change(
        change.seq(),
        change.direction(),
        change.committedAt(),
        at,
        change.keysAffected(),
        change.entities());
  }
}
