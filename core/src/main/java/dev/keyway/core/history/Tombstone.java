package dev.keyway.core.history;

import dev.keyway.core.change.Place;
import java.time.Instant;
import java.util.List;

/**
 * What is kept of a change outside of the store: enough to make it again.
 *
 * @param at when it was committed
 * @param ends what it took away; nothing, for a change that only gave
 */
public record Tombstone(Place place, Instant at, List<End> ends) {
  public Tombstone {
    ends = List.copyOf(ends);
  }
}
