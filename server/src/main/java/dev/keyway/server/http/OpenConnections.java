package dev.keyway.server.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The number of connections that clients have open at one listener, and its bound. */
public final class OpenConnections {
  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  public OpenConnections(int most) {
    this.most = most;
  }

  /** Counts one more; false when there are as many as may be. */
  public boolean enter() {
    if (open.incrementAndGet() <= most) {
      return true;
    }
    open.decrementAndGet();
    refused.increment();
    return false;
  }

  /** Counts one less. */
  public void leave() {
    open.decrementAndGet();
  }

  /** How many are open. */
  public int open() {
    return open.get();
  }

  /** How many were cut off at once because there were too many. */
  public long refused() {
    return refused.sum();
  }
}
