package dev.keyway.core.lease;

/**
 * The durations that all nodes of a cluster agree on, in units of their clocks: nanoseconds, or the
 * ticks of a model.
 *
 * @param retry how long a node waits after a call that failed
 * @param poll how often it looks for changes that nobody has told it of
 * @param patience how often whoever waits for other nodes looks at them
 * @param driftPercent by how much two clocks may differ in their rate
 * @param margin added to each wait for another node's clock
 */
public record LeaseTerms(long retry, long poll, long patience, int driftPercent, long margin) {
  /** The part of its life after which a lease is renewed; the rest is for trying again. */
  private static final int RENEWALS = 5;

  private static final int WHOLE = 100;

  public LeaseTerms {
    if (retry < 1 || poll < 1 || patience < 1 || margin < 0) {
      throw new IllegalArgumentException("durations of the protocol must be positive");
    }
    if (driftPercent < 0 || driftPercent >= WHOLE) {
      throw new IllegalArgumentException("drift is a part of a clock's rate, in percent");
    }
  }

  /** How long after it was asked for a lease is asked for again. */
  long renewalAfter(long ttl) {
    return Math.max(1, ttl / RENEWALS);
  }

  /**
   * How long to wait, by one's own clock, until a lease that another node asked for before is over
   * by its clock: it may run slow, and one's own fast.
   */
  public long waitFor(long ttl) {
    long slowest = ttl * (WHOLE + driftPercent);
    long fastest = (long) WHOLE - driftPercent;
    return (slowest + fastest - 1) / fastest + margin;
  }
}
