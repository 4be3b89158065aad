package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.cluster.History.Said;
import dev.keyway.conformance.harness.NewKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Keys are used at three nodes without a pause and revoked one after the other, while nodes stand
 * still, die and lose their database; every answer is judged. {@code -Dkeyway.faults=true}: for ten
 * minutes; {@code -Dkeyway.seed=N} repeats what went wrong, as far as real processes allow.
 */
final class RandomFaultsTest {
  private static final Duration TIME =
      Boolean.getBoolean("keyway.faults") ? Duration.ofMinutes(10) : Duration.ofSeconds(12);

  private static final long SEED = Long.getLong("keyway.seed", new Random().nextLong());

  /** So that a revocation that has to wait holds up no others. */
  private static final int REVOKERS = 6;

  /** Keys in use by a revoker at a time: each is asked for often, also just as it is revoked. */
  private static final int IN_USE = 2;

  /** Revoked keys of a revoker that are still tried. */
  private static final int STILL_TRIED = 2;

  @Test
  @DisplayName("ALL-3 no key is accepted after its revocation was answered, whatever fails")
  void keys_underFaults_areNeverAcceptedAfterTheirRevocation() {
    var history = new History();
    try (Fleet fleet = Fleet.start(3)) {
      Queue<NewKey> fresh = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < REVOKERS * IN_USE + TIME.toSeconds() * 10; i++) {
        fresh.add(fleet.key());
      }
      var faults = new Faults(fleet, SEED);
      try (Traffic traffic = Traffic.at(fleet, history, SEED)) {
        var trouble = CompletableFuture.runAsync(faults, Thread::startVirtualThread);
        revoke(fleet, traffic, fresh);
        faults.stop();
        trouble.join();
      }
      Path kept = Path.of("target", "histories", "random-faults-" + SEED + ".tsv");
      history.write(kept);
      System.out.printf(
          "seed %d: %d faults, %d revocations of which %d answered, %d accepted, %d refused, %d unanswered%n",
          SEED,
          faults.done(),
          history.count(Said.REVOKED),
          history.millis(Said.REVOKED).stream().filter(millis -> millis < 1e9).count(),
          history.count(Said.ACCEPTED),
          history.count(Said.REFUSED),
          history.count(Said.NOTHING));
      assertThat(history.violations()).as("seed %d, history in %s", SEED, kept).isEmpty();
      assertThat(history.count(Said.ACCEPTED)).isPositive();
      assertThat(history.count(Said.REFUSED)).isPositive();
      assertThat(faults.done()).isPositive();
    }
  }

  private static void revoke(Fleet fleet, Traffic traffic, Queue<NewKey> fresh) {
    long end = System.nanoTime() + TIME.toNanos();
    try (var revokers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < REVOKERS; i++) {
        var random = new Random(SEED + i);
        revokers.execute(() -> revoke(fleet, traffic, fresh, random, end));
      }
    }
  }

  private static void revoke(
      Fleet fleet, Traffic traffic, Queue<NewKey> fresh, Random random, long end) {
    Deque<NewKey> used = new ArrayDeque<>();
    Deque<NewKey> tried = new ArrayDeque<>();
    for (NewKey next = fresh.poll(); next != null && System.nanoTime() < end; next = fresh.poll()) {
      traffic.use(next);
      used.add(next);
      if (used.size() > IN_USE) {
        NewKey old = used.remove();
        revoke(fleet, traffic, old, random.nextInt(fleet.nodes().size()));
        tried.add(old);
      }
      if (tried.size() > STILL_TRIED) {
        traffic.drop(tried.remove());
      }
    }
  }

  /** At a node that answers: a person whose server is gone would try the next. */
  private static void revoke(Fleet fleet, Traffic traffic, NewKey key, int first) {
    int nodes = fleet.nodes().size();
    for (int i = 0; i < nodes; i++) {
      if (traffic.revoke(fleet.node((first + i) % nodes), key) != 0) {
        return;
      }
    }
  }
}
