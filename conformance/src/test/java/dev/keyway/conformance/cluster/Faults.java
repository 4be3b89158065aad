package dev.keyway.conformance.cluster;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What goes wrong around a fleet, one thing at a time, by a seed. */
final class Faults implements Runnable {
  /** Shorter than a renewal takes to be missed, to longer than a lease. */
  private static final Duration SHORTEST = Fleet.LEASE.dividedBy(5);

  private static final Duration LONGEST = Fleet.LEASE.multipliedBy(2);
  private static final Duration REST = Duration.ofMillis(500);

  private final Fleet fleet;
  private final Random random;
  private volatile boolean isOver;
  private int done;

  Faults(Fleet fleet, long seed) {
    this.fleet = fleet;
    this.random = new Random(seed);
  }

  /** What can happen. */
  private enum Fault {
    PAUSE,
    KILL,
    HOLD,
    HOLD_ANSWERS,
    SLOW,
    CUT,
    DATABASE_CRASH
  }

  @Override
  public void run() {
    Fault[] all = Fault.values();
    while (!isOver) {
      // Each once in a round, the first ones known; then as it comes.
      Fault fault = done < all.length ? all[done] : all[random.nextInt(all.length)];
      cause(fault, fleet.node(random.nextInt(fleet.nodes().size())));
      done++;
      sleep(REST);
    }
  }

  private void cause(Fault fault, Node node) {
    Duration time = SHORTEST.plusMillis(random.nextLong(LONGEST.minus(SHORTEST).toMillis()));
    switch (fault) {
      case PAUSE -> {
        node.pause();
        sleep(time);
        node.resume();
      }
      case KILL -> {
        node.kill();
        sleep(time);
        node.startAgain();
      }
      case HOLD -> held(node, time, node.toDatabase()::hold);
      case HOLD_ANSWERS -> held(node, time, node.toDatabase()::holdAnswers);
      case SLOW -> held(node, time, () -> node.toDatabase().slow(time.dividedBy(4)));
      case CUT -> held(node, time, node.toDatabase()::cut);
      case DATABASE_CRASH -> {
        fleet.postgres().crash();
        sleep(time);
        fleet.postgres().resume();
      }
    }
  }

  private static void held(Node node, Duration time, Runnable fault) {
    fault.run();
    sleep(time);
    node.toDatabase().heal();
  }

  /** How many there were. */
  int done() {
    return done;
  }

  /** Lets the fault that is under way be the last. */
  void stop() {
    isOver = true;
  }

  private static void sleep(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
