package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LimitSimulationTest {

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName(
      "ALL-4 through crashes and restarts no window holds more than q, and no refusal lies")
  void crashesAndRestarts_neverExceedTheLimitNorRefuseWithoutReason(int seed) {
    check(new LimitSimulation(seed, false, false));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("ALL-4 when writes fail or are done unheard, no window holds more than q")
  void failingWrites_neverExceedTheLimit(int seed) {
    check(new LimitSimulation(seed, false, true));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("ALL-4 when the clock is set, back at any time, no window holds more than q")
  void clocksSet_neverExceedTheLimit(int seed) {
    check(new LimitSimulation(seed, true, true));
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  private static void check(LimitSimulation simulation) {
    simulation.run(4_000);

    assertThat(simulation.admitted()).hasSizeGreaterThan(200);
    assertThat(simulation.refused()).isPositive();
    assertThat(simulation.crashes()).isPositive();
  }
}
