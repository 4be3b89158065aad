package dev.keyway.core.history;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Place;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a store says of its changes for keeping, and takes back after it was set back.
 *
 * <p>Every call throws {@link dev.keyway.core.UnavailableException} when the store does not answer.
 * An implementation:
 *
 * <ol>
 *   <li>must name in {@link #of} whatever those changes took away and is still taken;
 *   <li>must do in {@link #replay} nothing but take away, and nothing twice;
 *   <li>must write what it takes as a change of its own, with a row in the trail, in one
 *       transaction.
 * </ol>
 */
public interface Tombstones {

  /**
   * What making tombstones count came to.
   *
   * @param made what had been forgotten and is taken again
   * @param unknown what the store knows nothing of, not even that it was there
   */
  record Replayed(int made, int unknown) {
    /** Both together. */
    public Replayed and(Replayed other) {
      return new Replayed(made + other.made, unknown + other.unknown);
    }
  }

  /** What is to be kept of changes, in their order. */
  List<Tombstone> of(List<Change> changes);

  /** Those of these changes that the store has. */
  Set<Place> known(Collection<Place> places);

  /** Takes what a tombstone names, as far as it is still given. */
  Replayed replay(Tombstone tombstone);
}
