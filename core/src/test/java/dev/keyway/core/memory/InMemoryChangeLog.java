package dev.keyway.core.memory;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.change.Place;
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
  public List<Change> from(long seq, int most) {
    synchronized (memory) {
      return memory.changes.stream().filter(change -> change.seq() >= seq).limit(most).toList();
    }
  }

  @Override
  public List<Long> unconfirmed(Instant before, int most) {
    synchronized (memory) {
      return memory.changes.stream()
          .filter(change -> change.effectiveAt() == null)
          .filter(change -> change.committedAt().isBefore(before))
          .map(Change::seq)
          .limit(most)
          .toList();
    }
  }

  @Override
  public Instant markEffective(Place place, Instant at) {
    synchronized (memory) {
      Change known = memory.change(place.seq());
      if (known.mark() != place.mark()) {
        throw new UnavailableException("The store has lost a change.", null);
      }
      Change change = effective(known, at);
      memory.changes.set((int) place.seq() - 1, change);
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
        change.mark(),
        change.direction(),
        change.committedAt(),
        at,
        change.keysAffected(),
        change.entities());
  }
}
