package dev.keyway.core;

/**
 * How the rows of a list follow each other: by a value, then by id, both in one direction. Rows
 * without the value come last, whichever direction that is.
 *
 * @param name as a caller asks for it; a cursor of one order means nothing in another
 */
public record Order(String name, Values values, Presence presence) {
  /** The order of every list that has no other. */
  public static final Order NEWEST_FIRST = new Order("-created_at", Values.TIMES, Presence.ALWAYS);

  /** What rows are ordered by. */
  public enum Values {
    TIMES,
    TEXTS
  }

  /** Whether every row has the value. */
  public enum Presence {
    ALWAYS,
    SOMETIMES
  }
}
