package dev.keyway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.Period;
import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import dev.keyway.core.limit.UnitStore.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PostgresUnitsTest {
  private static final Period.Rolling SECOND = new Period.Rolling(Duration.ofSeconds(1));

  private final PostgresDatabase database = PostgresDatabase.open(PostgresServer.shared().make());
  private final PostgresUnits units = new PostgresUnits(database);
  private final AtomicInteger numbers = new AtomicInteger();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  @DisplayName("ALL-4 nodes that ask at once are granted no more units of a window than q")
  void racingClaims_areGrantedTheLimit() throws Exception {
    var granted = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    var minute = new Period.Rolling(Duration.ofMinutes(1));
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int j = 0; j < 20; j++) {
              granted.addAndGet(claim(minute, 40, 1, 1, 0).units());
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(granted).hasValue(40);
    assertThat(claim(minute, 40, 1, 1, 0).outcome()).isEqualTo(Outcome.FULL);
  }

  @Test
  void unitsOfAWindow_countForItAndTheirLife() {
    assertThat(claim(SECOND, 1, 1, 1, 0).units()).isOne();
    Grant refused = claim(SECOND, 1, 1, 1, 0);
    assertThat(refused.outcome()).isEqualTo(Outcome.FULL);
    assertThat(refused.waitMillis()).isBetween(1L, 1_101L);

    long begun = System.nanoTime();
    while (claim(SECOND, 1, 1, 1, 0).units() == 0) {
      assertThat(System.nanoTime() - begun).isLessThan(Duration.ofSeconds(20).toNanos());
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(900).toNanos());
  }

  @Test
  @DisplayName("ALL-4 a month's units are granted once, and what is given back can be had again")
  void quota_isGrantedOnceUntilItsPeriodEnds() {
    assertThat(claim(Period.Calendar.MONTH, 10, 10, 10, 0).units()).isEqualTo(10);
    assertThat(claim(Period.Calendar.MONTH, 10, 1, 1, 0).outcome()).isEqualTo(Outcome.FULL);
    assertThat(claim(Period.Calendar.MONTH, 10, 0, 0, 4).outcome()).isEqualTo(Outcome.GRANTED);
    assertThat(claim(Period.Calendar.MONTH, 10, 4, 4, 0).units()).isEqualTo(4);
    assertThat(claim(Period.Calendar.MONTH, 10, 1, 1, 0).units()).isZero();

    beInTheMonthBefore();
    assertThat(claim(Period.Calendar.MONTH, 10, 1, 1, 4).units()).isOne();
    assertThat(claim(Period.Calendar.MONTH, 10, 9, 9, 0).units()).isEqualTo(9);
    assertThat(claim(Period.Calendar.MONTH, 10, 1, 1, 0).units()).isZero();
  }

  @Test
  @DisplayName(
      "ALL-4 what is left of one month is not given back to the next, however late it comes")
  void giveBack_isOfThePeriodInWhichItWasGranted() {
    long day = Duration.ofDays(1).toMillis();
    long start = 30 * day;
    long end = 60 * day;

    assertThat(PostgresUnits.isOf(start, end, end)).isTrue();
    assertThat(PostgresUnits.isOf(start, end, end - 5_000)).isTrue();
    assertThat(PostgresUnits.isOf(start, end, end + 5_000)).as("it came late").isTrue();
    assertThat(PostgresUnits.isOf(start, end, start - 5_000)).isFalse();
    assertThat(PostgresUnits.isOf(start, end, start + Duration.ofHours(2).toMillis())).isFalse();
  }

  @Test
  @DisplayName("ALL-4 a gap in what a lone node wrote before the move counts as it did there")
  void movedGap_counts() {
    var minute = new Period.Rolling(Duration.ofMinutes(1));
    assertThat(claim(minute, 40, 2, 2, 0).units()).isEqualTo(2);
    database.run(handle -> {
      handle.execute("UPDATE limit_window SET reserve = 7, admitted_at = admitted_at - 10");
      handle.execute(
          "INSERT INTO limit_gap (at) VALUES ((extract(epoch FROM clock_timestamp()) * 1000)::bigint)");
    });

    assertThat(claim(minute, 40, 0, 0, 0).free()).as("less the reserve").isEqualTo(40 - 2 - 7);
    assertThat(claim(minute, 100, 0, 0, 0).free()).as("less a tenth").isEqualTo(100 - 2 - 10);
    assertThat(claim(minute, 40, 32, 32, 0).outcome()).isEqualTo(Outcome.FULL);
    assertThat(units.isFirst()).isFalse();
    assertThat(claim(SECOND, 40, 1, 1, 0).outcome()).isEqualTo(Outcome.GRANTED);
  }

  private void beInTheMonthBefore() {
    long month = Duration.ofDays(31).toMillis();
    database.run(handle ->
        handle.execute(
            "UPDATE limit_quota SET starts_at = starts_at - ?, ends_at = ends_at - ?",
            month,
            month));
  }

  @Test
  void installation_isFirstUntilItHasBegun() {
    assertThat(units.isFirst()).isTrue();
    units.begun();
    assertThat(units.isFirst()).isFalse();
  }

  private Grant claim(Period period, long allowed, int least, int wanted, int dropped) {
    var subject = new CountedSubject("some", CountedBy.KEY, "key_00000000000000000000000000");
    var claim =
        new Claim(
            subject,
            period,
            "node:1",
            allowed,
            numbers.incrementAndGet(),
            0,
            0,
            dropped,
            Duration.ofDays(31).toMillis(),
            least,
            wanted);
    return units.claim(List.of(claim)).getFirst();
  }
}
