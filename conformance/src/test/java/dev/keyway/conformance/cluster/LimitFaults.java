package dev.keyway.conformance.cluster;

import dev.keyway.conformance.harness.Eventually;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What goes wrong around nodes that count in Redis, one thing at a time, by a seed. */
final class LimitFaults implements Runnable {
  /** Shorter than it takes to be noticed. */
  private static final Duration SHORTEST = Duration.ofMillis(200);

  /** Longer than it takes until a node that lost Redis admits its share. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** Shorter than a lease, so that the nodes remain. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(6);

  private static final Duration RECOVERY = Duration.ofSeconds(90);

  private final Counting counting;
  private final Admissions admissions;
  private final Random random;
  private volatile boolean isOver;
  private int done;

  LimitFaults(Counting counting, Admissions admissions, long seed) {
    this.counting = counting;
    this.admissions = admissions;
    this.random = new Random(seed);
  }

  /** What can happen. */
  private enum Fault {
    REDIS_DIES,
    WAY_IS_CUT,
    REDIS_FORGETS,
    WAY_LOSES_ANSWERS,
    REDIS_STANDS_STILL,
    WAY_IS_HELD,
    NODE_STANDS_STILL,
    WAY_IS_SLOW,
    NODE_DIES,
    NODE_IS_RESTARTED,
    DATABASE_IS_FAR
  }

  @Override
  public void run() {
    Fault[] all = Fault.values();
    while (!isOver) {
      // Each once in a round, then as it comes.
      Fault fault = done < all.length ? all[done] : all[random.nextInt(all.length)];
      long begun = System.nanoTime();
      cause(fault, random.nextInt(counting.fleet().nodes().size()));
      done++;
      // Every other fault meets nodes that are still getting over the one before.
      if (random.nextBoolean()) {
        awaitRecovery();
      }
      System.out.printf("%s: %.1f s%n", fault, (System.nanoTime() - begun) / 1e9);
    }
    awaitRecovery();
  }

  private void cause(Fault fault, int index) {
    Node node = counting.fleet().node(index);
    TcpProxy way = counting.way(index);
    switch (fault) {
      case REDIS_DIES -> {
        counting.redis().kill();
        rest(LONGEST);
        counting.redis().startAgain();
      }
      case REDIS_FORGETS -> counting.redis().forget();
      case REDIS_STANDS_STILL -> {
        Node.signal(counting.redis().pid(), "STOP");
        rest(LONGEST_PAUSE);
        Node.signal(counting.redis().pid(), "CONT");
      }
      case WAY_IS_CUT -> during(way, way::cut, LONGEST);
      case WAY_IS_HELD -> during(way, way::hold, LONGEST);
      case WAY_LOSES_ANSWERS -> during(way, way::holdAnswers, LONGEST);
      case WAY_IS_SLOW -> during(way, () -> way.slow(Duration.ofMillis(300)), LONGEST_PAUSE);
      case NODE_STANDS_STILL -> {
        node.pause();
        rest(LONGEST_PAUSE);
        node.resume();
      }
      case NODE_DIES -> {
        node.kill();
        rest(LONGEST_PAUSE);
        node.startAgain();
      }
      case NODE_IS_RESTARTED -> node.startAgainWithLeases(Fleet.LEASE);
      case DATABASE_IS_FAR -> {
        TcpProxy toDatabase = node.toDatabase();
        during(toDatabase, toDatabase::hold, LONGEST_PAUSE);
      }
    }
  }

  private void during(TcpProxy way, Runnable fault, Duration longest) {
    fault.run();
    rest(longest);
    way.heal();
  }

  private void rest(Duration longest) {
    long span = longest.minus(SHORTEST).toMillis();
    LockSupport.parkNanos(SHORTEST.plusMillis(random.nextLong(span)).toNanos());
  }

  /** That nothing but refusing would be no proof. */
  private void awaitRecovery() {
    long now = System.nanoTime();
    Eventually.holds(
        "all nodes have found Redis",
        RECOVERY,
        () -> counting.fleet().nodes().stream().allMatch(LimitFaults::hasRedis));
    Eventually.holds("something is admitted", RECOVERY, () -> admissions.since(now) > 0);
  }

  private static boolean hasRedis(Node node) {
    try {
      return Counting.metric(node, "keyway_limit_lost") == 0;
    } catch (UncheckedIOException | AssertionError e) {
      return false;
    }
  }

  int done() {
    return done;
  }

  void stop() {
    isOver = true;
  }
}
