package dev.keyway.core.change;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A committed change of rights, with its place in the one sequence of such changes.
 *
 * @param seq its number; gap-free, in the order of commits
 * @param mark a random number, so that none that a store loses is taken for its successor; not 0
 * @param effectiveAt since when no node decides on the older state; null until that is known
 * @param keysAffected how many keys lost or regained something
 * @param entities what it touched
 */
public record Change(
    long seq,
    long mark,
    Direction direction,
    Instant committedAt,
    @Nullable Instant effectiveAt,
    int keysAffected,
    List<Entity> entities) {

  public Change {
    entities = List.copyOf(entities);
  }

  /** How this change is remembered. */
  public Place place() {
    return new Place(seq, mark);
  }

  /** Whether rights were taken or given. */
  public enum Direction {
    /** Keys open less than before; their open exchanges must be cut. */
    NARROWS,
    /** Keys open more than before; open exchanges may go on. */
    WIDENS
  }
}
