package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.contract.Together;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayeredLimitsTest {
  /** The long form, for {@code ./keyway test --faults}. */
  private static final int SEEDS = Boolean.getBoolean("keyway.faults") ? 3_000 : 60;

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName(
      "ALL-4 through crashes, failing writes and other plans, no limit of several is ever exceeded")
  void crashesAndPlanChanges_neverExceedAnyLimit(int seed) {
    var simulation = new LayeredSimulation(seed, true);
    simulation.run(4_000);

    assertThat(simulation.mistake).isEmpty();
    assertThat(simulation.admitted).isGreaterThan(100);
    assertThat(simulation.crashes).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("ALL-4 through restarts and other plans, each refusal has its reason in one limit")
  void restartsAndPlanChanges_refuseOnlyWithReason(int seed) {
    var simulation = new LayeredSimulation(seed, false);
    simulation.run(4_000);

    assertThat(simulation.mistake).isEmpty();
    assertThat(simulation.admitted).isGreaterThan(100);
    assertThat(simulation.refused).isPositive();
  }

  @ParameterizedTest
  @EnumSource(WrongLimiter.Kind.class)
  @DisplayName("the judge catches a limiter that errs")
  void wrongLimiter_isCaught(WrongLimiter.Kind error) {
    long caught =
        IntStream.range(0, 40)
            .filter(seed -> {
              var simulation = new LayeredSimulation(seed, false);
              simulation.spoil(error);
              simulation.run(4_000);
              return !simulation.mistake.isEmpty();
            })
            .count();

    assertThat(caught).isGreaterThan(30);
  }

  @Test
  @DisplayName(
      "ALL-4 threads that take limits in any order neither lock each other nor part a count")
  void overlappingLimits_underConcurrency_countAllOrNothing() {
    var keys = new RateLimit("data", 3_000, Duration.ofMinutes(1));
    var team =
        new RateLimit(
            "team",
            new Allowance.Same(5_000),
            new Period.Rolling(Duration.ofMinutes(1)),
            CountedBy.WORKSPACE);
    var member =
        new RateLimit("mine", new Allowance.Same(4_000), Period.Calendar.DAY, CountedBy.MEMBER);
    var limits = Limits.of(List.of(keys, team, member));
    var orders =
        List.of(List.of("data", "team", "mine"), List.of("mine", "team", "data"), List.of("team"));
    var limiter = Limiters.inMemory(() -> 0);
    var byLimit = new AtomicLongArray(2);

    Together.run(
        6,
        number -> {
          var caller = new TestCaller("key_" + number % 2, "acc_1", "ws_1", null);
          for (int i = 0; i < 2_000; i++) {
            var names = orders.get((number + i) % orders.size());
            int cost = 1 + i % 3;
            Charge charge = Objects.requireNonNull(limits.charge(names, cost));
            if (limiter.acquire(charge, caller).admitted()) {
              byLimit.addAndGet(0, cost);
              byLimit.addAndGet(1, names.contains("mine") ? cost : 0);
            }
          }
          return number;
        });

    // Time stood still: what is left of each limit is what was not admitted in it.
    var asker = new TestCaller("key_9", "acc_1", "ws_1", null);
    assertThat(byLimit.get(0)).isBetween(4_998L, 5_000L);
    assertThat(left(limiter, limits, "mine", asker)).isEqualTo(4_000 - byLimit.get(1));
  }

  private static long left(RateLimiter limiter, Limits limits, String name, LimitedCaller caller) {
    Charge charge = Objects.requireNonNull(limits.charge(List.of(name), 1));
    LimitState state = limiter.acquire(charge, caller);
    return state.admitted() ? state.remaining() + 1 : 0;
  }

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }
}
