package dev.keyway.store.move;

/** Hears how far a move is. */
public interface Progress {
  /** What is done with a table, in this order. */
  enum Step {
    /** Read in the source, to know afterwards what must be there. */
    READ,
    /** Copied. */
    COPIED,
    /** Read in the target, and found to be the same once all its rows are. */
    COMPARED
  }

  /**
   * So many rows of a table are done; the last call for a step and a table is with all of them.
   *
   * @param of how many there are; while they are read for the first time, those read so far
   */
  void at(Step step, String table, long rows, long of);
}
