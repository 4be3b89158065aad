package dev.keyway.core.limit;

import java.util.List;

/** A {@link RateLimiter} as the node around it drives it. */
public interface NodeLimiter extends RateLimiter, AutoCloseable {

  /**
   * Begins to admit.
   *
   * @throws dev.keyway.core.UnavailableException when the store does not take note of it
   */
  void begin();

  /**
   * Does with the store what requests wait for: to be called when {@link LimitEvents#due} says so,
   * and every second or so.
   *
   * @throws dev.keyway.core.UnavailableException when it cannot; what is due remains so
   */
  void writeDue();

  /**
   * What {@link #writeDue} does, in parts that do not wait for each other: each may be called by a
   * thread of its own.
   */
  default List<Runnable> duties() {
    return List.of(this::writeDue);
  }

  /** Drops from memory the counters that hold nothing any more. */
  void dropIdle();

  /** Forgets what was written down and counts no more. */
  void forgetWritten();

  /** How many counters are held. */
  int size();

  /**
   * Admits nothing more, and leaves in the store what has to be known of it.
   *
   * @throws dev.keyway.core.UnavailableException when it cannot
   */
  @Override
  void close();
}
