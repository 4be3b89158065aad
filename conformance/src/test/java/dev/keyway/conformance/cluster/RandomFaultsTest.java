package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.cluster.History.Said;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Keys are used at three nodes without a pause and revoked one after the other, while nodes stand
 * still, die and lose their database; every answer is judged. {@code -Dkeyway.faults=true}: for ten
 * minutes; {@code -Dkeyway.seed=N} repeats what went wrong, as far as real processes allow.
 */
final class RandomFaultsTest {
  private static final Duration TIME =
      Boolean.getBoolean("keyway.faults") ? Duration.ofMinutes(10) : Duration.ofSeconds(8);

  private static final long SEED = Long.getLong("keyway.seed", new Random().nextLong());

  @Test
  @DisplayName("ALL-3 no key is accepted after its revocation was answered, whatever fails")
  void keys_underFaults_areNeverAcceptedAfterTheirRevocation() {
    var history = new History();
    try (Fleet fleet = Fleet.start(3)) {
      Revokers revokers = Revokers.of(fleet, TIME, SEED);
      var faults = new Faults(fleet, SEED);
      try (Traffic traffic = Traffic.at(fleet, history, SEED)) {
        var trouble = CompletableFuture.runAsync(faults, Thread::startVirtualThread);
        revokers.run(traffic);
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
}
