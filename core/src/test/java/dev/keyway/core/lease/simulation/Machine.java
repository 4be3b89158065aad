package dev.keyway.core.lease.simulation;

/** What a node runs on: a clock of its own rate, and whether anything on it moves. */
final class Machine {
  private static final long WHOLE = 1_000;
  private static final long JITTER = 300;

  private final Timeline timeline;
  private final Chance chance;
  private final long offset;
  private final long rate;
  private long stoppedUntil;
  private boolean isOff;

  /**
   * A machine that was just started.
   *
   * @param rate of its clock, in parts of a thousand
   */
  Machine(Timeline timeline, Chance chance, long rate) {
    this.timeline = timeline;
    this.chance = chance;
    this.offset = chance.between(1, 1_000_000);
    this.rate = rate;
  }

  /** Its own clock, in microseconds. */
  long clock() {
    return offset + timeline.now() * rate / WHOLE;
  }

  /** Nothing moves for so long; what was to happen happens afterwards, in any order. */
  void stopFor(long duration) {
    stoppedUntil = Math.max(stoppedUntil, timeline.now() + duration);
  }

  /** Nothing happens here any more. */
  void turnOff() {
    isOff = true;
  }

  boolean isOff() {
    return isOff;
  }

  /** Does something after a time of the true clock. */
  void after(long delay, Runnable what) {
    timeline.after(delay, () -> moving(what));
  }

  /** Does something when the machine's clock has come so far. */
  void when(long clock, Runnable what) {
    long time = Math.ceilDiv((clock - offset) * WHOLE, rate);
    timeline.at(time, () -> moving(what));
  }

  private void moving(Runnable what) {
    if (isOff) {
      return;
    }
    if (timeline.now() < stoppedUntil) {
      timeline.at(stoppedUntil + chance.between(0, JITTER), () -> moving(what));
    } else {
      what.run();
    }
  }
}
