package dev.keyway.app.history;

import dev.keyway.core.change.Place;
import dev.keyway.core.history.Tombstone;
import dev.keyway.core.history.TombstoneSink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All places that one journal is kept in: each has everything, and any of them may be lost. */
final class JournalSinks implements AutoCloseable {
  private final List<TombstoneSink> sinks;

  JournalSinks(List<TombstoneSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  /** The last change that is kept, once every place has what any of them has. */
  Place last() throws IOException {
    if (sinks.size() > 1) {
      complete();
    }
    var last = new Place[] {Place.START};
    sinks.getFirst().read(tombstone -> last[0] = tombstone.place());
    return last[0];
  }

  /**
   * Everything that is kept, in its order; what was written twice comes once, where it stands last.
   */
  List<Tombstone> all() throws IOException {
    return List.copyOf(contents(sinks.getFirst()).values());
  }

  void append(List<Tombstone> tombstones) throws IOException {
    for (TombstoneSink sink : sinks) {
      try {
        sink.append(tombstones);
      } catch (IOException e) {
        // A file that is full or gone does not say where it was.
        throw new IOException(sink.name() + " cannot be written: " + e, e);
      }
    }
  }

  private void complete() throws IOException {
    List<Map<Place, Tombstone>> contents = new ArrayList<>();
    for (TombstoneSink sink : sinks) {
      contents.add(contents(sink));
    }
    Map<Place, Tombstone> all = Map.of();
    for (Map<Place, Tombstone> some : contents) {
      all = all.size() < some.size() ? merged(some, all) : merged(all, some);
    }
    for (int i = 0; i < sinks.size(); i++) {
      List<Tombstone> missing = fromFirstMissing(all, contents.get(i));
      if (!missing.isEmpty()) {
        sinks.get(i).append(missing);
      }
    }
  }

  /**
   * What either place has, in the order of both. Where one has a hole, what the other has there
   * goes before the first change that both have behind it, and among the rest by its number.
   */
  private static Map<Place, Tombstone> merged(
      Map<Place, Tombstone> base, Map<Place, Tombstone> other) {
    Map<Place, Tombstone> merged = new LinkedHashMap<>();
    var rest = new ArrayDeque<>(base.values());
    for (Tombstone one : other.values()) {
      boolean isInBoth = base.containsKey(one.place());
      while (!rest.isEmpty() && !merged.containsKey(one.place())) {
        Tombstone next = rest.getFirst();
        boolean isBehind =
            other.containsKey(next.place()) || next.place().seq() > one.place().seq();
        if (!isInBoth && isBehind) {
          break;
        }
        merged.put(next.place(), rest.removeFirst());
      }
      merged.putIfAbsent(one.place(), one);
    }
    rest.forEach(one -> merged.put(one.place(), one));
    return merged;
  }

  /** All from the first that is missing: what is written again counts where it stands last. */
  private static List<Tombstone> fromFirstMissing(
      Map<Place, Tombstone> all, Map<Place, Tombstone> some) {
    return all.values().stream().dropWhile(one -> some.containsKey(one.place())).toList();
  }

  private static Map<Place, Tombstone> contents(TombstoneSink sink) throws IOException {
    LinkedHashMap<Place, Tombstone> contents = new LinkedHashMap<>();
    sink.read(tombstone -> contents.putLast(tombstone.place(), tombstone));
    return contents;
  }

  @Override
  public void close() throws IOException {
    for (TombstoneSink sink : sinks) {
      sink.close();
    }
  }
}
