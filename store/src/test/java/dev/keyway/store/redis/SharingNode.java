package dev.keyway.store.redis;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.LimitedCaller;
import dev.keyway.core.limit.Membership;
import dev.keyway.core.limit.SharedLimiter;
import dev.keyway.core.limit.SharingUnits;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The limits of one node over a Redis server, with the thread that asks it. */
final class SharingNode implements SharingUnits.Events, AutoCloseable {
  private final SharingUnits units;
  private final SharedLimiter limiter;
  private final Thread asking = Thread.ofPlatform().daemon().unstarted(this::run);
  private volatile boolean isStopped;
  private volatile boolean isLost;

  SharingNode(RedisSettings settings, String name, int nodes, AtomicBoolean begun) {
    var redis = new RedisUnits(settings, name, beginning(begun), System::nanoTime);
    this.units =
        new SharingUnits(
            redis,
            () -> new Membership.Among(name, nodes),
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
            false,
            this);
    this.limiter =
        new SharedLimiter(
            units, System::nanoTime, () -> LockSupport.unpark(asking), () -> {}, name);
    limiter.begin();
    asking.start();
  }

  private static RedisUnits.Beginning beginning(AtomicBoolean begun) {
    return new RedisUnits.Beginning() {
      @Override
      public boolean isFirst() {
        return !begun.get();
      }

      @Override
      public void begun() {
        begun.set(true);
      }
    };
  }

  /** A key, as this node remembers it. */
  static LimitedCaller caller(String key) {
    return new LimitedCaller() {
      @Override
      protected String idOf(CountedBy by) {
        return key;
      }

      @Override
      protected @Nullable String plan() {
        return null;
      }
    };
  }

  SharedLimiter limiter() {
    return limiter;
  }

  boolean isLost() {
    return isLost;
  }

  /** The answer; null when nobody can tell. */
  @Nullable LimitState ask(Charge charge, LimitedCaller caller) {
    LimitState state = limiter.acquireIfReady(charge, caller);
    if (state != null) {
      return state;
    }
    try {
      return limiter.acquire(charge, caller);
    } catch (UnavailableException e) {
      return null;
    }
  }

  @Override
  public void lost(String why) {
    isLost = true;
  }

  @Override
  public void shares(int divisor) {}

  @Override
  public void found() {
    isLost = false;
  }

  /** Ends without a word, as a process does that is killed. */
  void crash() {
    isStopped = true;
    LockSupport.unpark(asking);
    try {
      asking.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    crash();
    limiter.close();
  }

  private void run() {
    while (!isStopped) {
      LockSupport.parkNanos(500_000_000);
      limiter.writeDue();
    }
  }
}
