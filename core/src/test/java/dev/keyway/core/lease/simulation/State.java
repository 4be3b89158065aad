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
  final List<Change> changes = new ArrayList<>();
  final Map<Integer, Change> revocations = new HashMap<>();
  final Map<String, NodeRow> nodes = new TreeMap<>();
  final TreeSet<Long> unconfirmed = new TreeSet<>();
  LeaseStore.Life life;

  State(long ttl) {
    this.life = new LeaseStore.Life(ttl, ttl, 0);
  }

  long head() {
    return changes.size();
  }

  State copy() {
    var copy = new State(0);
    copy.changes.addAll(changes);
    copy.revocations.putAll(revocations);
    copy.nodes.putAll(nodes);
    copy.unconfirmed.addAll(unconfirmed);
    copy.life = life;
    return copy;
  }
}
