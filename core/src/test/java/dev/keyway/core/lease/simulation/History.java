package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges what callers see, key by key, as it happens. A key only ever ends, so it is enough to know
 * when somebody first asked for its end and when somebody was first told that it holds.
 *
 * <p>Wrong is a decision to accept that was asked for after the second, and a refusal that was
 * given before the first. Nothing else is.
 */
final class History {
  private final Timeline timeline;
  private final Map<Integer, Long> asked = new HashMap<>();
  private final Map<Integer, Long> held = new HashMap<>();
  private final Set<Change> lost = new HashSet<>();
  private long certainFrom;
  private @Nullable String violation;
  private int accepted;
  private int refused;
  private int bytes;

  History(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Somebody begins a call that is to end a key. */
  void asked(int key) {
    asked.putIfAbsent(key, timeline.now());
  }

  /**
   * A server that never had these changes takes over. Nothing is promised of them any more; and
   * what is new holds for certain once every lease is over that the old server gave.
   *
   * @param longest how long a lease can last
   */
  void lost(List<Change> changes, long longest) {
    changes.stream()
        .filter(change -> !change.entities().isEmpty())
        .forEach(change -> held.remove(Keys.of(change)));
    lost.addAll(changes);
    certainFrom = timeline.now() + longest;
  }

  /** Somebody is told that the end of a key holds. */
  void held(int key, Change change) {
    long since = Math.max(timeline.now(), certainFrom);
    if (!lost.contains(change) && held.putIfAbsent(key, since) == null) {
      timeline.say(() -> "HOLDS: key " + key + " is revoked");
    }
  }

  /** A verification answers that the key is good. */
  void accepted(int node, int key, long begunAt) {
    accepted++;
    judge(node, key, begunAt, "accepted");
  }

  /** A stream under the key has delivered a byte. */
  void delivered(int node, int key) {
    bytes++;
    judge(node, key, timeline.now(), "streamed");
  }

  /** A verification answers that the key is revoked. */
  void refused(int node, int key) {
    refused++;
    if (!asked.containsKey(key)) {
      wrong("node " + node + " refused key " + key + ", which nobody has revoked");
    }
  }

  /** Something is wrong that is not a decision. */
  void wrong(String what) {
    timeline.say(() -> "WRONG: " + what);
    if (violation == null) {
      violation = timeline.now() + " " + what;
    }
  }

  private void judge(int node, int key, long begunAt, String what) {
    Long since = held.get(key);
    if (since != null && begunAt > since) {
      wrong(
          "node %d %s key %d, asked at %d; its end holds since %d"
              .formatted(node, what, key, begunAt, since));
    }
  }

  /** The first wrong thing; null while there is none. */
  @Nullable String violation() {
    return violation;
  }

  int accepted() {
    return accepted;
  }

  int refused() {
    return refused;
  }

  int bytes() {
    return bytes;
  }

  /** How many keys' ends hold. */
  int revoked() {
    return held.size();
  }
}
