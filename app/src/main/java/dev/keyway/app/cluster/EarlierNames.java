package dev.keyway.app.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last names under which this node asked to be entered. It holds no lease under any of them
 * once it asks under another, so their rows are nothing to wait for.
 */
final class EarlierNames {
  /** A row is left over only where an answer was lost, which is seldom. */
  private static final int MOST = 8;

  private final Deque<String> names = new ArrayDeque<>();

  /** Adds a name and returns those before it. */
  synchronized List<String> and(String name) {
    List<String> before = List.copyOf(names);
    names.addLast(name);
    if (names.size() > MOST) {
      names.removeFirst();
    }
    return before;
  }
}
