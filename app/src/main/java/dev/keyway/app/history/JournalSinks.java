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
    List<Tombstone> all = JournalOrder.of(contents);
    for (int i = 0; i < sinks.size(); i++) {
      int good = goodUntil(List.copyOf(contents.get(i).values()), all);
      if (good < all.size()) {
        // From the first that is missing on, all of it: so this place has the same order.
        sinks.get(i).append(all.subList(good, all.size()));
      }
    }
  }

  private static int goodUntil(List<Tombstone> kept, List<Tombstone> all) {
    int good = 0;
    while (good < kept.size() && kept.get(good).place().equals(all.get(good).place())) {
      good++;
    }
    return good;
  }

  /** What was written twice stands where it was written last. */
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
