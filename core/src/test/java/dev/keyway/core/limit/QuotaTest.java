package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.FaultyWindows.Fate;
import dev.keyway.core.limit.WindowStore.QuotaUse;
import dev.keyway.core.memory.InMemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a quota keeps in its row, and what it makes of the one that it finds. */
class QuotaTest {
  private static final TestCaller CALLER = TestCaller.of("key_1");

  private final WindowStore windows = new InMemoryStores().windows();
  private Instant wall = Instant.parse("2027-04-09T12:00:00Z");
  private final long zero = wall.toEpochMilli();
  private Fate fate = Fate.DONE;
  private RollingWindowLimiter node = start();

  @Test
  @DisplayName("ALL-4 a day's row counts in its month, and not only until its day ends")
  void profileChange_dayToMonth_keepsTheMonth() {
    assertThat(admitted(quota(20, Period.Calendar.DAY), 15)).isEqualTo(15);
    restart();

    RateLimit monthly = quota(20, Period.Calendar.MONTH);
    assertThat(admitted(monthly, 2)).isEqualTo(2);
    wall = wall.plus(Duration.ofDays(3));
    assertThat(admitted(monthly, 20)).isEqualTo(3);
    restart();
    assertThat(admitted(monthly, 20)).isZero();
    wall = Instant.parse("2027-05-01T00:00:00Z");
    assertThat(admitted(monthly, 30)).isEqualTo(20);
  }

  @Test
  void profileChange_yesterdaysRowToMonth_counts() {
    admitted(quota(20, Period.Calendar.DAY), 15);
    node.close();
    wall = wall.plus(Duration.ofDays(1));
    node = start();

    assertThat(admitted(quota(20, Period.Calendar.MONTH), 30)).isEqualTo(5);
  }

  @Test
  void profileChange_lastMonthsRowToMonth_countsNoMore() {
    admitted(quota(20, Period.Calendar.DAY), 15);
    wall = Instant.parse("2027-05-01T00:00:00Z");
    restart();

    assertThat(admitted(quota(20, Period.Calendar.MONTH), 30)).isEqualTo(20);
  }

  @Test
  @DisplayName("a month's row says nothing of a day, and each day has its own end")
  void profileChange_monthToDay_countsFromThenOnByTheDay() {
    admitted(quota(100, Period.Calendar.MONTH), 30);
    restart();

    RateLimit daily = quota(20, Period.Calendar.DAY);
    assertThat(admitted(daily, 30)).isEqualTo(20);
    restart();
    assertThat(admitted(daily, 30)).isZero();
    wall = wall.plus(Duration.ofDays(1));
    assertThat(admitted(daily, 30)).isEqualTo(20);
  }

  @Test
  @DisplayName("ALL-4 on its first day, what a month used is what the day used")
  void profileChange_monthToDayOnTheFirst_countsIt() {
    wall = Instant.parse("2027-05-01T12:00:00Z");
    admitted(quota(100, Period.Calendar.MONTH), 15);
    restart();

    assertThat(admitted(quota(20, Period.Calendar.DAY), 30)).isEqualTo(5);
    wall = wall.plus(Duration.ofDays(1));
    assertThat(admitted(quota(20, Period.Calendar.DAY), 30)).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "DONE_AND_FAILED"})
  void release_thatFails_isRepeated(Fate failure) {
    admitted(quota(1_000, Period.Calendar.MONTH), 3);
    assertThat(row().reserve()).isEqualTo(100);
    wall = wall.plus(Duration.ofMinutes(11));
    fate = failure;
    node.dropIdle();
    assertThatThrownBy(node::writeDue).isInstanceOf(UnavailableException.class);
    node.dropIdle();
    assertThat(node.size()).isEqualTo(1);

    fate = Fate.DONE;
    node.writeDue();

    assertThat(row().reserve()).isZero();
    assertThat(row().used()).isEqualTo(3);
    node.dropIdle();
    assertThat(node.size()).isZero();
  }

  @Test
  @DisplayName("ALL-4 a smaller reserve that may not be in the store is not more than the row's")
  void admit_afterAReleaseThatFailed_isFoundAgainAfterACrash() {
    RateLimit monthly = quota(1_000, Period.Calendar.MONTH);
    admitted(monthly, 3);
    wall = wall.plus(Duration.ofMinutes(11));
    fate = Fate.DONE_AND_FAILED;
    node.dropIdle();
    assertThatThrownBy(node::writeDue).isInstanceOf(UnavailableException.class);
    assertThat(node.acquireIfReady(Limiters.charge(1, monthly), CALLER)).isNull();
    fate = Fate.DONE;
    assertThat(admitted(monthly, 3)).isEqualTo(3);

    node = start();

    assertThat(admitted(monthly, 1_000)).isBetween(894, 994);
  }

  @Test
  void reserve_afterOneCostlyRequest_isTheUsualOneAgain() {
    RateLimit monthly = quota(10_000, Period.Calendar.MONTH);
    admitted(monthly, 1);
    assertThat(node.acquire(Limiters.charge(1_000, monthly), CALLER).admitted()).isTrue();
    assertThat(row().reserve()).isEqualTo(1_100);
    for (int i = 0; i < 3; i++) {
      admitted(monthly, 600);
      node.writeDue();
    }

    assertThat(row().reserve()).isEqualTo(100);
    node = start();
    assertThat(admitted(monthly, 10_000)).isBetween(10_000 - 2_801 - 100, 10_000 - 2_801);
  }

  private int admitted(RateLimit limit, int attempts) {
    return (int)
        IntStream.range(0, attempts)
            .filter(_ -> node.acquire(Limiters.charge(1, limit), TestCaller.of("key_1")).admitted())
            .count();
  }

  private QuotaUse row() {
    return windows.quota(new CountedSubject("data", CountedBy.KEY, "key_1")).orElseThrow();
  }

  private void restart() {
    node.close();
    node = start();
  }

  private RollingWindowLimiter start() {
    var clock = new NodeClock(() -> wall.toEpochMilli() - zero, () -> wall);
    var started =
        new RollingWindowLimiter(
            new FaultyWindows(windows, () -> fate, () -> {}), clock, Limiters.NO_EVENTS);
    started.begin();
    return started;
  }

  private static RateLimit quota(long requests, Period period) {
    return new RateLimit("data", new Allowance.Same(requests), period, CountedBy.KEY);
  }
}
