package dev.keyway.core.flood;

import dev.keyway.core.AddressBucket;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Bounds the look-ups in the store of keys that memory does not know, so that whoever makes up keys
 * burdens neither the store nor the holders of good ones.
 *
 * <p>First a bound for each client address, then one for all. A key that was verified here within
 * the hour shares neither. All is decided in memory of a fixed size, without a lock: fit for the
 * event loop.
 */
public final class Lookups {
  /** Two addresses share a place now and then; which ones, nobody can choose. */
  static final int ADDRESSES = 1 << 16;

  /** Look-ups for strangers under way at once: few enough that others wait behind them shortly. */
  static final int PLACES = 32;

  /** Beyond these nobody waits: whoever may block is bounded, and has others to serve. */
  private static final int MOST_WAITING = 256;

  private static final long PATIENCE_MILLIS = 200;

  private final LongSupplier nanos;
  private final long startNanos;
  private final SipHash addressHash;
  private final Rates byAddress;
  private final Rates inAll;
  private final AbsentKeys absent;
  private final VerifiedNames verified;
  private final Semaphore places = new Semaphore(PLACES);
  private final LongAdder strangers = new LongAdder();
  private final LongAdder verifiedOnes = new LongAdder();

  /**
   * Nothing is known yet.
   *
   * @param mostNames of how many verified keys the names are kept
   * @param nanos a monotonic clock
   */
  public Lookups(FloodBounds bounds, int mostNames, SecureRandom random, LongSupplier nanos) {
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.addressHash = SipHash.random(random);
    this.byAddress = new Rates(ADDRESSES, bounds.perAddress());
    this.inAll = new Rates(1, bounds.inAll());
    this.absent = new AbsentKeys(random);
    this.verified = new VerifiedNames(mostNames, random);
  }

  /** What may be done about a key that memory does not know. */
  public enum Answer {
    /** The store may be asked. */
    ASK,
    /** The store was asked within the last second, and has no such key. */
    ABSENT,
    /** Too many unknown keys come, from this address or in all; nothing can be said of this one. */
    TOO_MANY
  }

  /** Asks for the look-up of a stranger's key; each call that answers {@code ASK} uses one up. */
  public Answer ask(String presented, AddressBucket address) {
    long now = now();
    if (absent.contains(presented, now)) {
      return Answer.ABSENT;
    }
    int place = (int) addressHash.of(address.bits()) & (ADDRESSES - 1);
    boolean isWithin = byAddress.take(place, now) && inAll.take(0, now);
    return isWithin ? Answer.ASK : Answer.TOO_MANY;
  }

  /** Whether a key of this name was verified here within the hour, or told to have been. */
  public boolean isVerified(String name) {
    return verified.contains(name, now());
  }

  /** Remembers the name of a key that has just been verified. */
  public void verified(String name) {
    verified.add(name, now());
  }

  /** Forgets a name whose key is good no more, and never will be. */
  public void noLongerVerified(String name) {
    verified.remove(name);
  }

  /** A look-up of a verified key begins. */
  public void beginVerified() {
    verifiedOnes.increment();
  }

  /**
   * A look-up for a stranger is to begin. Waits a moment where as many as may be are under way:
   * those who come together are let in one after the other, and only where the store is slow is
   * anybody turned away.
   *
   * @return false when there was no place in time
   */
  public boolean begin() {
    boolean hasPlace = places.tryAcquire() || waitForPlace();
    if (hasPlace) {
      strangers.increment();
    }
    return hasPlace;
  }

  private boolean waitForPlace() {
    if (places.getQueueLength() >= MOST_WAITING) {
      return false;
    }
    try {
      return places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A look-up for a stranger has ended. */
  public void end() {
    places.release();
  }

  /** The instant to hand to {@link #absent}, in nanoseconds of no fixed origin. */
  public long now() {
    return nanos.getAsLong() - startNanos;
  }

  /** Remembers for a second that the store did not have a key, from when it was asked. */
  public void absent(String presented, long askedNanos) {
    absent.add(presented, askedNanos);
  }

  /** How many look-ups there were for strangers. */
  public long ofStrangers() {
    return strangers.sum();
  }

  /** How many look-ups there were of keys verified here before. */
  public long ofVerified() {
    return verifiedOnes.sum();
  }
}
