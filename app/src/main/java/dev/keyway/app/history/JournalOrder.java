package dev.keyway.app.history;

import dev.keyway.core.change.Place;
import dev.keyway.core.history.Tombstone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one order of what several places hold of a journal.
 *
 * <p>What a place holds is a part of a history, in its order. Where one place has all, its order is
 * the order. Otherwise what both have divides each into sections; what only one of them has stands
 * in its section, by number if the other has something there too. Two changes of one number in one
 * section belong to two histories, of which nobody knows the later one.
 */
final class JournalOrder {
  private static final Comparator<Map<Place, Tombstone>> FULLEST_FIRST =
      Comparator.<Map<Place, Tombstone>>comparingInt(Map::size)
          .reversed()
          // A place whose repair was cut off may have everything, and not in order.
          .thenComparingInt(JournalOrder::descents);

  private JournalOrder() {}

  /** Everything that any place has, in order. */
  static List<Tombstone> of(List<Map<Place, Tombstone>> places) throws IOException {
    List<Map<Place, Tombstone>> sorted = places.stream().sorted(FULLEST_FIRST).toList();
    Map<Place, Tombstone> all = sorted.getFirst();
    for (Map<Place, Tombstone> other : sorted.subList(1, sorted.size())) {
      if (!all.keySet().containsAll(other.keySet())) {
        all = merged(all, other);
      }
    }
    return List.copyOf(all.values());
  }

  private static Map<Place, Tombstone> merged(
      Map<Place, Tombstone> one, Map<Place, Tombstone> other) throws IOException {
    List<List<Tombstone>> left = sections(one, other.keySet());
    List<List<Tombstone>> right = sections(other, one.keySet());
    Map<Place, Tombstone> merged = new LinkedHashMap<>();
    for (int i = 0; i < left.size(); i++) {
      List<Tombstone> before = left.get(i);
      List<Tombstone> after = right.get(i);
      if (i > 0 && !before.getFirst().place().equals(after.getFirst().place())) {
        throw refused(before.getFirst());
      }
      // Both begin with what they share, but for the first section, which may share nothing.
      int shared = i > 0 ? 1 : 0;
      before.subList(0, shared).forEach(each -> merged.put(each.place(), each));
      merge(before.subList(shared, before.size()), after.subList(shared, after.size()), merged);
    }
    return merged;
  }

  /** Each begins with a shared change, except the first. */
  private static List<List<Tombstone>> sections(Map<Place, Tombstone> place, Set<Place> others) {
    List<List<Tombstone>> sections = new ArrayList<>();
    sections.add(new ArrayList<>());
    for (Tombstone each : place.values()) {
      if (others.contains(each.place())) {
        sections.add(new ArrayList<>());
      }
      sections.getLast().add(each);
    }
    return sections;
  }

  private static void merge(
      List<Tombstone> left, List<Tombstone> right, Map<Place, Tombstone> merged)
      throws IOException {
    int next = 0;
    for (Tombstone each : left) {
      while (next < right.size() && seq(right.get(next)) < seq(each)) {
        merged.put(right.get(next).place(), right.get(next));
        next++;
      }
      if (next < right.size() && seq(right.get(next)) == seq(each)) {
        throw refused(each);
      }
      merged.put(each.place(), each);
    }
    right.subList(next, right.size()).forEach(each -> merged.put(each.place(), each));
  }

  private static IOException refused(Tombstone at) {
    return new IOException(
        "the folders of the journal hold different histories at change "
            + seq(at)
            + "; keep in the configuration the one that was written last, and put the others aside");
  }

  private static int descents(Map<Place, Tombstone> place) {
    int descents = 0;
    long last = 0;
    for (Tombstone each : place.values()) {
      descents += seq(each) < last ? 1 : 0;
      last = seq(each);
    }
    return descents;
  }

  private static long seq(Tombstone tombstone) {
    return tombstone.place().seq();
  }
}
