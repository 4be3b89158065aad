package dev.keyway.conformance.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What was asked of each key and what was answered, by the one clock of this process, and whether
 * all of it can be true.
 *
 * <p>A key goes from accepted to refused once and never back, so no search is needed: an acceptance
 * asked for after a revocation had been answered is wrong, and so is a refusal that was answered
 * before any revocation was asked for. In between both are right. An answer that never came counts
 * as one that comes at the end of time.
 */
final class History {
  private static final long NEVER = Long.MAX_VALUE;

  private final Map<String, Queue<Event>> keys = new ConcurrentHashMap<>();

  /** What an answer said of a key. */
  enum Said {
    ACCEPTED,
    REFUSED,
    REVOKED,
    /** Nothing: it did not come, or spoke of an outage. */
    NOTHING
  }

  /**
   * One call.
   *
   * @param asked before anything of it was sent, in nanoseconds
   * @param answered after all of it was there
   * @param place where, for people
   */
  record Event(Said said, long asked, long answered, String place) {}

  void add(String key, Event event) {
    keys.computeIfAbsent(key, _ -> new ConcurrentLinkedQueue<>()).add(event);
  }

  /** What cannot be true, each in a line. */
  List<String> violations() {
    var found = new ArrayList<String>();
    new TreeMap<>(keys).forEach((key, events) -> found.addAll(violations(key, events)));
    return found;
  }

  private static List<String> violations(String key, Queue<Event> events) {
    long done = NEVER;
    long begun = NEVER;
    for (Event event : events) {
      if (event.said() == Said.REVOKED) {
        done = Math.min(done, event.answered());
        begun = Math.min(begun, event.asked());
      }
    }
    var found = new ArrayList<String>();
    for (Event event : events) {
      if (event.said() == Said.ACCEPTED && event.asked() > done) {
        found.add(
            "%s accepted by %s %d us after its revocation was answered"
                .formatted(key, event.place(), (event.asked() - done) / 1_000));
      }
      if (event.said() == Said.REFUSED && event.answered() < begun) {
        found.add("%s refused by %s without a revocation".formatted(key, event.place()));
      }
    }
    return found;
  }

  /** How many answers said so. */
  long count(Said said) {
    return keys.values().stream()
        .flatMap(Queue::stream)
        .filter(event -> event.said() == said)
        .count();
  }

  /** How long the calls took that said so, in milliseconds, the shortest first. */
  List<Double> millis(Said said) {
    return keys.values().stream()
        .flatMap(Queue::stream)
        .filter(event -> event.said() == said)
        .map(event -> (event.answered() - event.asked()) / 1e6)
        .sorted()
        .toList();
  }

  /** Keeps it for whoever has to find out why. */
  void write(Path file) {
    var lines = new ArrayList<String>();
    new TreeMap<>(keys)
        .forEach((key, events) ->
            events.forEach(event ->
                lines.add(
                    "%s\t%s\t%d\t%d\t%s"
                        .formatted(
                            key, event.said(), event.asked(), event.answered(), event.place()))));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
