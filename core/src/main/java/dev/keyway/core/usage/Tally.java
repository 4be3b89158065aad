package dev.keyway.core.usage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts events from several threads until it is closed, without a lock, while somebody else writes
 * down in between what was counted so far. What is counted is never lost: it is written down, or
 * still here.
 */
final class Tally {
  /** So far below zero that no number of late events reaches it. */
  private static final long CLOSED = Long.MIN_VALUE;

  private final AtomicLong count = new AtomicLong();
  private final AtomicLong lastMillis;

  /**
   * Nothing is counted yet.
   *
   * @param firstMillis when the first event happens, so that no other instant is ever seen
   */
  Tally(long firstMillis) {
    lastMillis = new AtomicLong(firstMillis);
  }

  /** Counts an event; false when this is closed, and then nothing was counted. */
  boolean add(long atMillis) {
    if (lastMillis.get() < atMillis) {
      lastMillis.accumulateAndGet(atMillis, Math::max);
    }
    return count.getAndIncrement() >= 0;
  }

  /** What is counted and not yet written down. */
  long count() {
    return Math.max(0, count.get());
  }

  /** When the latest of the events happened. */
  long lastMillis() {
    return lastMillis.get();
  }

  /** Takes off what was written down, which must be what {@link #count} told or less. */
  void written(long events) {
    count.addAndGet(-events);
  }

  /** Closes this unless something waits to be written down; whether it is closed now. */
  boolean close() {
    return count.compareAndSet(0, CLOSED) || count.get() < 0;
  }
}
