package dev.keyway.core.change;

/**
 * A change as it is remembered: its number, and what tells it from any other that ever had that
 * number. A store that lost its latest changes gives their numbers again, and never their marks; so
 * a place that a store knows has behind it, in that store, all that it had when it was first seen.
 *
 * @param seq 0 before the first change
 * @param mark 0 where no change is known under that number
 */
public record Place(long seq, long mark) {
  /** Before the first change. */
  public static final Place START = new Place(0, 0);
}
