package dev.keyway.core.usage;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Counts events from several threads until it is closed, without a lock, while somebody else writes
 * down in between what was counted so far. What is counted is never lost: it is written down, or
 * still here.
 */
final class Tally {
  /** So far below zero that no number of late events reaches it. */
  private static final long CLOSED = Long.MIN_VALUE;

  // Numbers of this object and not objects of their own: a request of a busy node finds few of them
  // in the processor's cache.
  private static final AtomicLongFieldUpdater<Tally> COUNT =
      AtomicLongFieldUpdater.newUpdater(Tally.class, "count");
  private static final AtomicLongFieldUpdater<Tally> LAST_MILLIS =
      AtomicLongFieldUpdater.newUpdater(Tally.class, "lastMillis");

  private volatile long count;
  private volatile long lastMillis;

  /**
   * Nothing is counted yet.
   *
   * @param firstMillis when the first event happens, so that no other instant is ever seen
   */
  Tally(long firstMillis) {
    lastMillis = firstMillis;
  }

  /** Counts an event; false when this is closed, and then nothing was counted. */
  boolean add(long atMillis) {
    if (lastMillis < atMillis) {
      LAST_MILLIS.accumulateAndGet(this, atMillis, Math::max);
    }
    return COUNT.getAndIncrement(this) >= 0;
  }

  /** What is counted and not yet written down. */
  long count() {
    return Math.max(0, count);
  }

  /** When the latest of the events happened. */
  long lastMillis() {
    return lastMillis;
  }

  /** Takes off what was written down, which must be what {@link #count} told or less. */
  void written(long events) {
    COUNT.addAndGet(this, -events);
  }

  /** Closes this unless something waits to be written down; whether it is closed now. */
  boolean close() {
    return COUNT.compareAndSet(this, 0, CLOSED) || count < 0;
  }
}
