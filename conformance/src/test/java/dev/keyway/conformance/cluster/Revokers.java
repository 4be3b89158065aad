package dev.keyway.conformance.cluster;

import dev.keyway.conformance.harness.NewKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** People who put keys into use and revoke them a little later, for as long as they are to. */
final class Revokers {
  /** So that a revocation that has to wait holds up no others. */
  private static final int COUNT = 6;

  /** Keys in use by a revoker at a time: each is asked for often, also just as it is revoked. */
  private static final int IN_USE = 2;

  /** Revoked keys of a revoker that are still tried. */
  private static final int STILL_TRIED = 2;

  private static final int KEYS_A_SECOND = 10;

  private final Fleet fleet;
  private final Duration time;
  private final long seed;
  private final Queue<NewKey> fresh = new ConcurrentLinkedQueue<>();

  private Revokers(Fleet fleet, Duration time, long seed) {
    this.fleet = fleet;
    this.time = time;
    this.seed = seed;
  }

  /** With keys for so long, made before anything goes wrong. */
  static Revokers of(Fleet fleet, Duration time, long seed) {
    var revokers = new Revokers(fleet, time, seed);
    for (int i = 0; i < COUNT * IN_USE + time.toSeconds() * KEYS_A_SECOND; i++) {
      revokers.fresh.add(fleet.key());
    }
    return revokers;
  }

  /** Returns when the time is over and the last answer was given. */
  void run(Traffic traffic) {
    long end = System.nanoTime() + time.toNanos();
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < COUNT; i++) {
        var random = new Random(seed + i);
        people.execute(() -> run(traffic, random, end));
      }
    }
  }

  private void run(Traffic traffic, Random random, long end) {
    Deque<NewKey> used = new ArrayDeque<>();
    Deque<NewKey> tried = new ArrayDeque<>();
    for (NewKey next = fresh.poll(); next != null && System.nanoTime() < end; next = fresh.poll()) {
      traffic.use(next);
      used.add(next);
      if (used.size() > IN_USE) {
        NewKey old = used.remove();
        revoke(traffic, old, random.nextInt(fleet.nodes().size()));
        tried.add(old);
      }
      if (tried.size() > STILL_TRIED) {
        traffic.drop(tried.remove());
      }
    }
  }

  /** At a node that answers: a person whose server is gone would try the next. */
  private void revoke(Traffic traffic, NewKey key, int first) {
    int nodes = fleet.nodes().size();
    for (int i = 0; i < nodes; i++) {
      if (traffic.revoke(fleet.node((first + i) % nodes), key) != 0) {
        return;
      }
    }
  }
}
