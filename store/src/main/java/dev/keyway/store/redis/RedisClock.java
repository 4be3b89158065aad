package dev.keyway.store.redis;

import org.jspecify.annotations.Nullable;

/** What a node knows of the server's clock, by its own, which is never set. */
final class RedisClock {
  /** By how much the server's clock may be set forward without being noticed. */
  private static final long TOLERANCE_MILLIS = 500;

  private static final long YOUNG_NANOS = 2_000_000_000L;

  private @Nullable Reading last;
  private long firstMillis;
  private boolean isSet;

  private record Reading(long millis, long sentAtNanos) {}

  /**
   * Takes note of what the server's clock showed.
   *
   * @param sentAtNanos before it was asked
   * @param now when its answer was there
   */
  void read(long millis, long sentAtNanos, long now) {
    Reading before = last;
    if (before != null && millis > atMost(before, now) + TOLERANCE_MILLIS) {
      isSet = true;
    }
    firstMillis = before == null ? millis : firstMillis;
    last = new Reading(millis, sentAtNanos);
  }

  /** Whether it was read so lately that {@link #latest} says something. */
  boolean isKnown(long now) {
    return last != null && now - last.sentAtNanos() < YOUNG_NANOS;
  }

  /** What the clock showed when it was first read: since then, being set would have been seen. */
  long watchedFrom() {
    return firstMillis;
  }

  /** The time after which a call that is sent now is not to be done any more. */
  long latest(long now) {
    Reading known = last;
    if (known == null) {
      throw new IllegalStateException("the server's clock was not read");
    }
    return atMost(known, now) + TOLERANCE_MILLIS;
  }

  /** Whether it was set forward since this was asked: what counts may then look over. */
  boolean takeIsSet() {
    boolean was = isSet;
    isSet = false;
    return was;
  }

  /** It was not heard that this was taken note of. */
  void putIsSet() {
    isSet = true;
  }

  /** The two may run at rates that differ by a tenth. */
  private static long atMost(Reading reading, long now) {
    return reading.millis() + (now - reading.sentAtNanos()) / 1_000_000 * 11 / 10;
  }
}
