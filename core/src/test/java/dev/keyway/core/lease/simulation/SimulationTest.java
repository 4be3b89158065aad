package dev.keyway.core.lease.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Three nodes, a database that fails over, and everything that goes wrong, in virtual time: no seed
 * lets a decision that is asked for after a revocation has returned accept the key, and each known
 * mistake is found.
 *
 * <p>A run is repeated, with its trace, by {@code -Dkeyway.seed=N}.
 */
final class SimulationTest {
  private static final int SEEDS = Boolean.getBoolean("keyway.faults") ? 100_000 : 1_000;

  /** Each is to be found in every test run. */
  private static final int SEEDS_FOR_A_MISTAKE = 1_000;

  @Test
  @DisplayName("ALL-3 whatever goes wrong, a returned revocation holds on every node")
  void sound_everySeed_acceptsNothingLateAndRecovers() {
    var seen = new Seen();
    LongStream.range(0, SEEDS)
        .parallel()
        .forEach(seed -> {
          SeedRun run = SeedRun.of(seed, Mistake.NONE);
          if (run.failure() != null) {
            throw new AssertionError(SeedRun.trace(seed, Mistake.NONE));
          }
          seen.add(run.history());
        });

    // That something happened at all.
    assertThat(seen.accepted.get()).isGreaterThan(100L * SEEDS);
    assertThat(seen.refused.get()).isGreaterThan(100L * SEEDS);
    assertThat(seen.bytes.get()).isGreaterThan(100L * SEEDS);
    assertThat(seen.revoked.get()).isGreaterThan(4L * SEEDS);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "BELIEVE_OLD_ROWS"})
  void knownMistake_someSeed_acceptsLate(Mistake mistake) {
    long found =
        LongStream.range(0, SEEDS_FOR_A_MISTAKE)
            .filter(seed -> SeedRun.of(seed, mistake).violation() != null)
            .findFirst()
            .orElse(-1);

    assertThat(found).as("the seed that finds %s", mistake).isNotNegative();
  }

  /** It needs a failover and a join between two words; one seed in 800 has both. */
  @Test
  void nodesOfADeposedServer_believed_acceptLate() {
    assertThat(SeedRun.of(1_102, Mistake.BELIEVE_OLD_ROWS).violation()).isNotNull();
    assertThat(SeedRun.of(1_102, Mistake.NONE).failure()).isNull();
  }

  @Test
  void aSeed_twice_isTheSameRun() {
    assertThat(SeedRun.trace(7, Mistake.NONE)).isEqualTo(SeedRun.trace(7, Mistake.NONE));
  }

  @Test
  void theSeedAskedFor_again_isTold() {
    Long seed = Long.getLong("keyway.seed");
    if (seed != null) {
      System.out.println(SeedRun.trace(seed, Mistake.NONE));
    }
    assertThat(seed == null || SeedRun.of(seed, Mistake.NONE).failure() == null).isTrue();
  }

  /** What all runs together have seen. */
  private static final class Seen {
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong revoked = new AtomicLong();

    void add(History history) {
      accepted.addAndGet(history.accepted());
      refused.addAndGet(history.refused());
      bytes.addAndGet(history.bytes());
      revoked.addAndGet(history.revoked());
    }
  }
}
