package dev.keyway.app.history;

import dev.keyway.core.change.Place;
import dev.keyway.core.history.Tombstone;
import dev.keyway.core.history.TombstoneSink;
import java.io.IOException;
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

  /** Everything that is kept, in its order; what was written twice comes once. */
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
    Map<Place, Tombstone> all = new LinkedHashMap<>();
    contents.stream()
        .sorted((one, other) -> Integer.compare(other.size(), one.size()))
        .forEach(some -> some.forEach(all::putIfAbsent));
    for (int i = 0; i < sinks.size(); i++) {
      var missing = new LinkedHashMap<>(all);
      missing.keySet().removeAll(contents.get(i).keySet());
      if (!missing.isEmpty()) {
        sinks.get(i).append(List.copyOf(missing.values()));
      }
    }
  }

  private static Map<Place, Tombstone> contents(TombstoneSink sink) throws IOException {
    Map<Place, Tombstone> contents = new LinkedHashMap<>();
    sink.read(tombstone -> contents.put(tombstone.place(), tombstone));
    return contents;
  }

  @Override
  public void close() throws IOException {
    for (TombstoneSink sink : sinks) {
      sink.close();
    }
  }
}
