package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.contract.Together;
import dev.keyway.core.memory.InMemoryStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that cost as much as may go unwritten, among others that take of it all the time. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CostlyRequestTest {
  /** Of which 100 may usually go unwritten. */
  private static final RateLimit QUOTA =
      new RateLimit(
          "data", new Allowance.Same(1_000_000), Period.Calendar.MONTH, CountedBy.WORKSPACE);

  /** Of which 10 may. */
  private static final RateLimit WINDOW = new RateLimit("data", 100, Duration.ofSeconds(1));

  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicLong millis = new AtomicLong(1_000_000);

  @ParameterizedTest
  @ValueSource(ints = {50, 51, 99, 100, 101, 1_000})
  void acquire_whileOthersAreAdmittedDuringEachWrite_isAdmittedSoon(int cost) {
    var other = TestCaller.of("key_2");
    var limiter = new RollingWindowLimiter[1];
    limiter[0] =
        limiter(millis::get, () -> limiter[0].acquireIfReady(Limiters.charge(1, QUOTA), other));
    assertThat(limiter[0].acquire(Limiters.charge(1, QUOTA), other).admitted()).isTrue();

    for (int i = 0; i < 20; i++) {
      writes.set(0);
      assertThat(
              limiter[0].acquire(Limiters.charge(cost, QUOTA), TestCaller.of("key_1")).admitted())
          .isTrue();
      assertThat(writes.get()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void acquire_inAWindowShorterThanAWrite_givesUp() {
    var limiter = limiter(millis::get, () -> millis.addAndGet(1_100));

    assertThatThrownBy(() -> limiter.acquire(Limiters.charge(50, WINDOW), TestCaller.of("key_1")))
        .isInstanceOf(UnavailableException.class);
    assertThat(writes.get()).isBetween(1, 3);
  }

  @ParameterizedTest
  @MethodSource("limits")
  void acquire_manyAtOnceAmongCheapOnes_areAllAdmittedWithFewWrites(RateLimit limit, int cost) {
    var limiter = limiter(() -> System.nanoTime() / 1_000_000, Thread::yield);
    int costly = 6;

    var admitted =
        Together.run(
            4,
            number -> {
              var charge = Limiters.charge(number < 2 ? cost : 1, limit);
              int mine = 0;
              for (int i = 0; i < (number < 2 ? costly : 2_000); i++) {
                mine += limiter.acquire(charge, TestCaller.of("key_1")).admitted() ? 1 : 0;
              }
              return mine;
            });

    assertThat(admitted).containsExactly(costly, costly, 2_000, 2_000);
    assertThat(writes.get()).isLessThan(1_000);
  }

  /** Limits, and costs of which at most two may usually go unwritten. */
  static Stream<Arguments> limits() {
    return Stream.of(
        Arguments.of(new RateLimit("data", 20_000, Duration.ofDays(1)), 1_000),
        Arguments.of(new RateLimit("data", 17_000, Duration.ofDays(1)), 1_000),
        Arguments.of(QUOTA, 150));
  }

  private RollingWindowLimiter limiter(LongSupplier clock, Runnable meanwhile) {
    var store =
        new FaultyWindows(
            new InMemoryStores().windows(),
            () -> FaultyWindows.Fate.DONE,
            () -> {
              writes.incrementAndGet();
              meanwhile.run();
            });
    var limiter =
        new RollingWindowLimiter(
            store, new NodeClock(clock, InstantSource.system()), Limiters.NO_EVENTS);
    limiter.begin();
    return limiter;
  }
}
