package dev.keyway.core.flood;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The names of keys that were verified here within the last hour, up to a number of them; some of
 * the hour before are among them. Nothing but a good key puts a name in, so no flood pushes one
 * out.
 *
 * <p>Two generations, each of an hour or of the number of names, whichever ends first. Of a name 64
 * bits of a keyed hash are kept, in tables whose size never changes; reading takes no lock.
 */
final class VerifiedNames {
  static final long LIFE_NANOS = TimeUnit.HOURS.toNanos(1);

  /** What an empty place holds; a name with this hash is never found, which is once in 2^64. */
  private static final long EMPTY = 0;

  /** What a place holds whose name was removed; likewise. The ways past it stay whole. */
  private static final long REMOVED = 1;

  private final SipHash hash;
  private final int most;
  private volatile Generations generations;

  /**
   * None yet.
   *
   * @param most the number of names that are surely kept, the latest ones
   */
  VerifiedNames(int most, SecureRandom random) {
    this.hash = SipHash.random(random);
    this.most = most;
    this.generations = new Generations(new Names(most, 0), new Names(0, 0));
  }

  boolean contains(String name, long nowNanos) {
    long wanted = hash.of(name);
    Generations held = generations;
    return held.current.contains(wanted, nowNanos) || held.previous.contains(wanted, nowNanos);
  }

  void add(String name, long nowNanos) {
    long added = hash.of(name);
    Names current = generations.current;
    // Nearly always it is there: this is called again and again for the same names.
    if (nowNanos - current.sinceNanos >= LIFE_NANOS || !current.holds(added)) {
      insert(added, nowNanos);
    }
  }

  synchronized void remove(String name) {
    long removed = hash.of(name);
    generations.current.remove(removed);
    generations.previous.remove(removed);
  }

  private synchronized void insert(long added, long nowNanos) {
    Names current = generations.current;
    if (current.size == most || nowNanos - current.sinceNanos >= LIFE_NANOS) {
      var next = new Names(most, nowNanos);
      generations = new Generations(next, current);
      current = next;
    }
    current.insert(added);
  }

  /** Replaced as one, so that a reader never misses what moves from one to the other. */
  private record Generations(Names current, Names previous) {}

  /** One generation: a table with open addressing whose places are never used twice. */
  private static final class Names {
    private final AtomicLongArray places;
    private final long sinceNanos;
    private int size;

    Names(int most, long sinceNanos) {
      // A third or more stays empty, which keeps the ways short and lets every search end.
      this.places = new AtomicLongArray(Math.max(1, Integer.highestOneBit(most + most / 2) * 2));
      this.sinceNanos = sinceNanos;
    }

    /** Whether it holds a name that may be younger than an hour. */
    boolean contains(long wanted, long nowNanos) {
      return nowNanos - sinceNanos < 2 * LIFE_NANOS && holds(wanted);
    }

    boolean holds(long wanted) {
      return isName(wanted) && places.get(placeOf(wanted)) == wanted;
    }

    void insert(long added) {
      int place = placeOf(added);
      if (isName(added) && places.get(place) == EMPTY) {
        places.set(place, added);
        size++;
      }
    }

    void remove(long removed) {
      if (holds(removed)) {
        places.set(placeOf(removed), REMOVED);
      }
    }

    private static boolean isName(long hash) {
      return hash != EMPTY && hash != REMOVED;
    }

    /** Where a hash is, or would be. */
    private int placeOf(long wanted) {
      int mask = places.length() - 1;
      int place = (int) wanted & mask;
      long there = places.get(place);
      while (there != EMPTY && there != wanted) {
        place = (place + 1) & mask;
        there = places.get(place);
      }
      return place;
    }
  }
}
