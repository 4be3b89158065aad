package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.Change;
import dev.keyway.core.lease.LeaseStore;
import dev.keyway.core.lease.NodeRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a server of the database has, as far as committed transactions have made it. */
final class State {
  /** How often changes were lost before. */
  int losses;

  final List<Change> changes = new ArrayList<>();
  final Map<Integer, Change> revocations = new HashMap<>();
  final Map<String, NodeRow> nodes = new TreeMap<>();
  final TreeSet<Long> unconfirmed = new TreeSet<>();
  LeaseStore.Life life;

  State(long ttl) {
    this.life = new LeaseStore.Life(ttl, ttl, 0);
  }

  long head() {
    return changes.isEmpty() ? 0 : changes.getLast().seq();
  }

  /** Of the next change; never that of another with its number. */
  long nextMark() {
    return losses * 1_000_000L + 1;
  }

  /** The mark of the change of a number; 0 for none. */
  long markOf(long seq) {
    return changes.stream()
        .filter(change -> change.seq() == seq)
        .mapToLong(Change::mark)
        .findFirst()
        .orElse(0);
  }

  boolean has(Change change) {
    return markOf(change.seq()) == change.mark();
  }

  State copy() {
    var copy = new State(0);
    copy.changes.addAll(changes);
    copy.revocations.putAll(revocations);
    copy.nodes.putAll(nodes);
    copy.unconfirmed.addAll(unconfirmed);
    copy.life = life;
    copy.losses = losses;
    return copy;
  }
}
