package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.cluster.History.Said;
import dev.keyway.conformance.harness.NewKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Keys are used at three nodes without a pause and revoked one after the other, while nodes stand
 * still, die and lose their database; every answer is judged. {@code -Dkeyway.faults=true}: for ten
 * minutes; {@code -Dkeyway.seed=N} repeats what went wrong, as far as real processes allow.
 */
final class RandomFaultsTest {
  private static final Duration TIME =
      Boolean.getBoolean("keyway.faults") ? Duration.ofMinutes(10) : Duration.ofSeconds(30);

  private static final long SEED = Long.getLong("keyway.seed", new Random().nextLong());

  /** Keys in use at a time: each is asked for often, also just as it is revoked. */
  private static final int IN_USE = 8;

  /** Revoked keys that are still tried. */
  private static final int STILL_TRIED = 8;

  @Test
  @DisplayName("ALL-3 no key is accepted after its revocation was answered, whatever fails")
  void keys_underFaults_areNeverAcceptedAfterTheirRevocation() throws InterruptedException {
    var history = new History();
    try (Fleet fleet = Fleet.start(3)) {
      Deque<NewKey> fresh = new ArrayDeque<>();
      for (int i = 0; i < IN_USE + TIME.toSeconds() * 5; i++) {
        fresh.add(fleet.key());
      }
      var faults = new Faults(fleet, SEED);
      Thread trouble = Thread.ofVirtual().unstarted(faults);
      try (Traffic traffic = Traffic.at(fleet, history, SEED)) {
        trouble.start();
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

  private static void revoke(Fleet fleet, Traffic traffic, Deque<NewKey> fresh) {
    var random = new Random(SEED);
    Deque<NewKey> used = new ArrayDeque<>();
    Deque<NewKey> tried = new ArrayDeque<>();
    long end = System.nanoTime() + TIME.toNanos();
    while (System.nanoTime() < end && !fresh.isEmpty()) {
      NewKey next = fresh.remove();
      traffic.use(next);
      used.add(next);
      if (used.size() > IN_USE) {
        NewKey old = used.remove();
        int nodes = fleet.nodes().size();
        for (int i = random.nextInt(nodes); traffic.revoke(fleet.node(i), old) == 0; ) {
          // That one is gone; a person would try the next.
          i = (i + 1) % nodes;
        }
        tried.add(old);
      }
      if (tried.size() > STILL_TRIED) {
        traffic.drop(tried.remove());
      }
    }
  }
}
