package dev.keyway.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Eventually;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The limits of three nodes for as long as all that can happen takes. */
@EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
final class SharedLimitsUnderFaultsTest {
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("keyway.seconds", 600));
  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final long SEED = Long.getLong("keyway.seed", new Random().nextLong());

  @Test
  @DisplayName(
      "ALL-4 three nodes never admit more than q, whatever becomes of Redis, ways and nodes")
  void limits_underFaults_areExact() throws Exception {
    var admissions = new Admissions();
    try (var counting = Counting.inRedis(3)) {
      counting.awaitAdmissions(RECOVERY, admissions);
      var faults = new LimitFaults(counting, admissions, SEED);
      try (var spenders = Spenders.at(counting.fleet(), counting.key(), admissions, SEED)) {
        var trouble = CompletableFuture.runAsync(faults, Thread::startVirtualThread);
        try {
          trouble.get(TIME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          faults.stop();
        }
        trouble.join();
        System.out.printf(
            "seed %d: %d faults, %d admitted, %d refused, %d undecided, %d unanswered, the fullest"
                + " window held %d of %d%n",
            SEED,
            faults.done(),
            admissions.size(),
            spenders.count(429),
            spenders.count(503),
            spenders.count(0),
            admissions.fullest(Counting.WINDOW),
            Counting.ALLOWED);
        assertThat(spenders.count(401) + spenders.count(500)).isZero();
      }
    }
    assertThat(admissions.fullest(Counting.WINDOW))
        .as("seed %d", SEED)
        .isLessThanOrEqualTo(Counting.ALLOWED);
  }

  @Test
  @DisplayName("ALL-4 without Redis for long, each node admits its share, and they make q together")
  void lostRedis_forLong_leavesEachNodeItsShare() throws InterruptedException {
    var admissions = new Admissions();
    try (var counting = Counting.inRedis(3)) {
      counting.awaitAdmissions(RECOVERY, admissions);
      counting.redis().kill();
      try (var spenders = Spenders.at(counting.fleet(), counting.key(), admissions, SEED)) {
        counting
            .fleet()
            .nodes()
            .forEach(node ->
                Eventually.holds(
                    node.name() + " admits its share",
                    RECOVERY,
                    () -> Counting.metric(node, "keyway_limit_sharing") == 1));
        int before = admissions.size();
        Thread.sleep(Counting.WINDOW.multipliedBy(4));
        assertThat(admissions.size() - before).isGreaterThan(2 * Counting.ALLOWED);
        assertThat(spenders.count(429)).isPositive();
        counting.redis().startAgain();
        counting
            .fleet()
            .nodes()
            .forEach(node ->
                Eventually.holds(
                    node.name() + " counts in Redis again",
                    RECOVERY,
                    () -> Counting.metric(node, "keyway_limit_lost") == 0));
        long found = System.nanoTime();
        Eventually.holds("Redis grants", RECOVERY, () -> admissions.since(found) > 0);
      }
    }
    System.out.printf(
        "seed %d: %d admitted, the fullest window held %d of %d%n",
        SEED, admissions.size(), admissions.fullest(Counting.WINDOW), Counting.ALLOWED);
    assertThat(admissions.fullest(Counting.WINDOW)).isLessThanOrEqualTo(Counting.ALLOWED);
  }
}
