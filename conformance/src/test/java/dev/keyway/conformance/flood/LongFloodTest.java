package dev.keyway.conformance.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.MadeUpKeys;
import dev.keyway.conformance.harness.NewKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A million unknown keys in a minute: what they cost the store, the memory and the holders. */
@EnabledIfSystemProperty(named = "keyway.faults", matches = "true")
@Timeout(600)
final class LongFloodTest {
  private static final int MILLION = 1_000_000;
  private static final int CONNECTIONS = 8;

  /** A million a minute, and a little more for what a phase loses at its ends. */
  private static final int PER_SECOND = 19_000;

  /** The default of {@code flood.unknown-total}. */
  private static final int IN_ALL = 1_000;

  private static final int ROUNDS = 4;
  private static final Duration PHASE = Duration.ofSeconds(15);

  /** What the tables may take that fill in the course of a flood, and the noise of a heap. */
  private static final long MOST_GROWTH_BYTES = 8 << 20;

  private static final String OF_STRANGERS = "keyway_key_lookups_total{of=\"stranger\"}";

  @Test
  @DisplayName("ALL-5 a million unknown keys in a minute slow the good ones 1.5 times at most")
  void aMillionKeys_areRefusedAtTheCostOfRevokedOnes() {
    try (FloodedKeyway keyway = new FloodedKeyway()) {
      List<NewKey> keys = keyway.keys(50);
      Holders holders = new Holders(FloodedKeyway.PATH, keys);
      NewKey revoked = keyway.keys(1).getFirst();
      keyway.revoke(revoked);
      var madeUp = new MadeUpKeys(FloodedKeyway.PREFIX);
      // Both sorts once, so that neither pays for warming up.
      phase(keyway, holders, revoked::secret, Duration.ofSeconds(10));
      phase(keyway, holders, madeUp, Duration.ofSeconds(10));
      long live = keyway.liveBytes();
      double lookups = keyway.metric(OF_STRANGERS);

      List<Phase> refused = new ArrayList<>();
      List<Phase> unknown = new ArrayList<>();
      List<Holders.Times> quiet = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        quiet.add(holders.callFor(keyway.gateway(), Duration.ofSeconds(3)));
        refused.add(phase(keyway, holders, revoked::secret, PHASE));
        unknown.add(phase(keyway, holders, madeUp, PHASE));
      }
      double read = keyway.metric(OF_STRANGERS) - lookups;
      long growth = keyway.liveBytes() - live;

      System.err.printf("quiet   %s%nrevoked %s%nunknown %s%n", quiet, refused, unknown);
      System.err.printf("look-ups %.0f, heap %+d KB%n", read, growth >> 10);
      assertThat(unknown.stream().mapToLong(Phase::answers).sum()).isGreaterThan(MILLION);
      assertThat(read).isLessThan(IN_ALL * ROUNDS * (PHASE.toSeconds() + 2.0));
      assertThat(growth).isLessThan(MOST_GROWTH_BYTES);
      assertThat(ratio(unknown, refused)).isLessThan(1.5);
    }
  }

  @Test
  void killedInAFlood_servesGoodKeysWithinFiveSeconds() {
    try (FloodedKeyway keyway = new FloodedKeyway()) {
      Holders holders = new Holders(FloodedKeyway.PATH, keyway.keys(50));
      try (Flood flood = flood(keyway, new MadeUpKeys(FloodedKeyway.PREFIX))) {
        // Longer than use takes to be written down.
        holders.callFor(keyway.gateway(), Duration.ofSeconds(8));
        long killed = System.nanoTime();

        keyway.killAndStartAgain();
        Eventually.holds(
            "all good keys are served",
            Duration.ofSeconds(60),
            () -> holders.areAllServed(keyway.gateway()));

        Duration outage = Duration.ofNanos(System.nanoTime() - killed);
        System.err.printf("served again after %s, flood %s%n", outage, flood.outcomes());
        assertThat(outage).isLessThan(Duration.ofSeconds(5));
        holders.callFor(keyway.gateway(), Duration.ofSeconds(3));
        assertThat(keyway.metric("keyway_key_lookups_total{of=\"verified\"}"))
            .isGreaterThanOrEqualTo(50);
      }
    }
  }

  private static double ratio(List<Phase> slower, List<Phase> faster) {
    return (double) median(slower).toNanos() / median(faster).toNanos();
  }

  private static Duration median(List<Phase> phases) {
    return phases.stream()
        .map(phase -> phase.times().median())
        .sorted(Comparator.naturalOrder())
        .toList()
        .get(phases.size() / 2);
  }

  private static Phase phase(
      FloodedKeyway keyway, Holders holders, Supplier<String> keys, Duration time) {
    try (Flood flood = flood(keyway, keys)) {
      Holders.Times times = holders.callFor(keyway.gateway(), time);
      assertThat(flood.outcomes().keySet()).isSubsetOf("401 invalid_key", "503 cannot_verify");
      assertThat(flood.broken()).isZero();
      return new Phase(flood.answers(), times);
    }
  }

  private static Flood flood(FloodedKeyway keyway, Supplier<String> keys) {
    return new Flood(keyway.gateway(), FloodedKeyway.PATH, keys, CONNECTIONS, PER_SECOND);
  }

  private record Phase(long answers, Holders.Times times) {}
}
