package dev.keyway.server.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Lets one event a second through to the log and counts the others: an outage under load would
 * otherwise write more about itself than anybody can read.
 */
public final class Seldom {
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private final LongSupplier nanos;
  private final AtomicLong next;
  private final LongAdder skipped = new LongAdder();

  /**
   * Lets the first one through.
   *
   * @param nanos a monotonic clock
   */
  public Seldom(LongSupplier nanos) {
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  /** Whether to log this one. */
  public boolean lets() {
    long now = nanos.getAsLong();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
      return true;
    }
    skipped.increment();
    return false;
  }

  /** How many were not logged since this was asked last. */
  public long takeSkipped() {
    return skipped.sumThenReset();
  }
}
