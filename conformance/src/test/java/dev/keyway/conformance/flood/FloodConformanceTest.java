package dev.keyway.conformance.flood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.MadeUpKeys;
import dev.keyway.conformance.harness.NewKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A flood of made-up keys in short; {@link LongFloodTest} has the long form. */
@Timeout(120)
final class FloodConformanceTest {
  private static final int CONNECTIONS = 4;

  /** The default of {@code flood.unknown-per-address}. */
  private static final int PER_ADDRESS = 200;

  private static final String OF_STRANGERS = "keyway_key_lookups_total{of=\"stranger\"}";

  @Test
  @DisplayName("ALL-5 a flood of unknown keys is never told more than it may cost to find out")
  void madeUpKeys_costTheStoreLittleAndTheHoldersNothing() {
    try (FloodedKeyway keyway = new FloodedKeyway()) {
      List<NewKey> keys = keyway.keys(20);
      Holders holders = new Holders(FloodedKeyway.PATH, keys);
      assertThat(holders.areAllServed(keyway.gateway())).isTrue();
      double lookups = keyway.metric(OF_STRANGERS);
      long begin = System.nanoTime();

      try (Flood flood = flood(keyway)) {
        holders.callFor(keyway.gateway(), Duration.ofSeconds(6));
        assertThat(flood.outcomes().keySet())
            .containsExactlyInAnyOrder("401 invalid_key", "503 cannot_verify");
        assertThat(flood.broken()).isZero();
      }

      double seconds = (System.nanoTime() - begin) / 1e9;
      assertThat(keyway.metric(OF_STRANGERS) - lookups)
          .isBetween((double) PER_ADDRESS, CONNECTIONS * PER_ADDRESS * (seconds + 1));
      assertThat(keyway.metric("keyway_key_lookups_total{of=\"verified\"}")).isZero();
    }
  }

  private static Flood flood(FloodedKeyway keyway) {
    return new Flood(
        keyway.gateway(),
        FloodedKeyway.PATH,
        new MadeUpKeys(FloodedKeyway.PREFIX),
        CONNECTIONS,
        8_000);
  }
}
