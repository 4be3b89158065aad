package dev.keyway.core.limit;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many nodes there were of late, as one of them saw it. Not for several threads at once. */
public final class NodesSeen {
  private final Deque<Seen> falling = new ArrayDeque<>();
  private final long keptMillis;

  private record Seen(long atMillis, int nodes) {}

  /** Remembers for so long. */
  public NodesSeen(long keptMillis) {
    this.keptMillis = keptMillis;
  }

  /** Takes note of a number; 0 for one that is not known now. */
  public void see(int nodes, long nowMillis) {
    while (falling.size() > 1 && second().atMillis() < nowMillis - keptMillis) {
      falling.removeFirst();
    }
    if (nodes > 0) {
      // A smaller one before this can never be the most again.
      while (!falling.isEmpty() && falling.getLast().nodes() <= nodes) {
        falling.removeLast();
      }
      falling.addLast(new Seen(nowMillis, nodes));
    }
  }

  /** The most that there were at any time after an instant; at least 1. */
  public int mostSince(long millis) {
    int most = 1;
    for (var each = falling.descendingIterator(); each.hasNext(); ) {
      Seen seen = each.next();
      most = Math.max(most, seen.nodes());
      if (seen.atMillis() <= millis) {
        break;
      }
    }
    return most;
  }

  private Seen second() {
    var each = falling.iterator();
    each.next();
    return each.next();
  }
}
