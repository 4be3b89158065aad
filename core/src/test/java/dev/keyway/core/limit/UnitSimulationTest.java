package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.limit.ModelUnits.Flaw;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnitSimulationTest {
  private static final Duration TIME = Duration.ofMinutes(4);
  private static final int SEEDS = Integer.getInteger("keyway.limit.seeds", 120);

  /** They found a share that left with its node, and a node that did not know of earlier ones. */
  private static IntStream telling() {
    return IntStream.of(358, 1557);
  }

  @Test
  @DisplayName("ALL-4 over three nodes no window holds more than q, whatever fails")
  void nodesAndFaults_neverExceedTheLimit() {
    int admitted = 0;
    int refused = 0;
    int shared = 0;
    for (int seed : IntStream.concat(IntStream.range(0, SEEDS), telling()).toArray()) {
      var simulation = run(seed, Flaw.NONE);
      assertThat(simulation.overshoot())
          .as("seed %d: %s", seed, simulation.firstFault())
          .isNotPositive();
      admitted += simulation.admissions();
      refused += simulation.refusals();
      shared += simulation.shared();
    }
    System.out.printf(
        "%d seeds: %d admitted, %d refused, %d of a share%n", SEEDS, admitted, refused, shared);
    assertThat(admitted).isGreaterThan(SEEDS * 500);
    assertThat(refused).isGreaterThan(SEEDS * 100);
    assertThat(shared).isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @DisplayName("a store that counts wrongly is found out")
  void flaws_areCaught(Flaw flaw) {
    boolean isCaught =
        IntStream.concat(telling(), IntStream.range(0, SEEDS))
            .anyMatch(seed -> run(seed, flaw).overshoot() > 0);

    assertThat(isCaught).isTrue();
  }

  /** Every other one with windows that are longer than a node is new. */
  private static UnitSimulation run(int seed, Flaw flaw) {
    int breadth = 1 + 9 * (seed % 2);
    var simulation = new UnitSimulation(seed, breadth, flaw);
    simulation.run(TIME.multipliedBy(breadth));
    return simulation;
  }
}
