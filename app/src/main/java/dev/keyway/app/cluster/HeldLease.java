package dev.keyway.app.cluster;

import dev.keyway.core.lease.Lease;
import dev.keyway.core.lease.NodeLease;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** A node's lease as requests see it: one number, and the clock. */
public final class HeldLease implements Lease {
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile long until;
  private volatile boolean isResting;

  /**
   * One that is not held.
   *
   * @param clock nanoseconds, of a clock that is never set, greater than 0
   */
  public HeldLease(LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public boolean isHeld() {
    return clock.getAsLong() < until;
  }

  @Override
  public boolean awaitHeld(Duration patience) {
    long deadline = clock.getAsLong() + patience.toNanos();
    lock.lock();
    try {
      while (!isHeld() && !isResting) {
        long left = deadline - clock.getAsLong();
        if (left <= 0 || changed.awaitNanos(left) <= 0) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return isHeld();
  }

  /** How much of it is left, in nanoseconds; 0 for none. */
  long leftNanos() {
    return Math.max(0, until - clock.getAsLong());
  }

  /** Takes back what is given back, before anything is done that rests on that. */
  void shorten(NodeLease next) {
    until = Math.min(until, next.heldUntil());
  }

  /** Shows the lease as it is now that all is done that it rests on. */
  public void show(NodeLease next) {
    lock.lock();
    try {
      until = next.heldUntil();
      isResting = next.isResting();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
