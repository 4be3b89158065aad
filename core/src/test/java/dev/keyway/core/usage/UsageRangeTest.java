package dev.keyway.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.usage.UsageRange.Step;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UsageRangeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:34:56.789Z");

  @Test
  void of_nothing_isTheLastThirtyDaysOrSevenInHours_theStepOfNowIncluded() {
    assertThat(UsageRange.of(null, null, Step.DAY, NOW))
        .isEqualTo(range("2026-01-31T00:00:00Z", "2026-03-02T00:00:00Z", Step.DAY))
        .returns(30, UsageRange::size);
    assertThat(UsageRange.of(null, null, Step.HOUR, NOW))
        .isEqualTo(range("2026-02-22T13:00:00Z", "2026-03-01T13:00:00Z", Step.HOUR))
        .returns(168, UsageRange::size);
  }

  @Test
  void of_betweenSteps_coversThemWhole() {
    Instant from = Instant.parse("2026-02-27T23:59:59.999Z");
    Instant to = Instant.parse("2026-02-28T00:00:00.001Z");

    assertThat(UsageRange.of(from, to, Step.DAY, NOW))
        .isEqualTo(range("2026-02-27T00:00:00Z", "2026-03-01T00:00:00Z", Step.DAY));
    assertThat(UsageRange.of(from, null, Step.DAY, NOW).size()).isEqualTo(3);
    assertThat(UsageRange.of(null, to, Step.DAY, NOW).size()).isEqualTo(30);
  }

  @Test
  void of_theLongest_isTaken_andNoLonger() {
    Instant yearAgo = NOW.minus(Duration.ofDays(366));
    assertThat(UsageRange.of(yearAgo, NOW, Step.DAY, NOW).size()).isEqualTo(367);
    assertThat(UsageRange.of(yearAgo, null, Step.DAY, NOW).size()).isEqualTo(367);
    assertThatThrownBy(() -> UsageRange.of(yearAgo.minusMillis(1), NOW, Step.DAY, NOW))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("366 days");

    Instant weekAgo = NOW.minus(Duration.ofDays(7));
    assertThat(UsageRange.of(weekAgo, NOW, Step.HOUR, NOW).size()).isEqualTo(169);
    assertThatThrownBy(() -> UsageRange.of(weekAgo.minusMillis(1), NOW, Step.HOUR, NOW))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("7 days");
  }

  @Test
  void of_nothingBetween_isRefused() {
    assertThatThrownBy(() -> UsageRange.of(NOW, NOW, Step.DAY, NOW)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> UsageRange.of(NOW.plus(Duration.ofDays(2)), null, Step.DAY, NOW))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void of_theEdgesOfTime_isRefusedOrTaken() {
    Instant first = Instant.parse("0000-01-01T00:00:00Z");
    Instant last = Instant.parse("9999-12-31T23:59:59.999Z");

    assertThat(UsageRange.of(first, first.plusMillis(1), Step.HOUR, NOW).size()).isEqualTo(1);
    assertThat(UsageRange.of(last.minusMillis(1), last, Step.DAY, NOW).size()).isEqualTo(1);
    assertThatThrownBy(() -> UsageRange.of(first, last, Step.DAY, NOW)).isInstanceOf(Invalid.class);
  }

  @Test
  void lastDays_endWithToday() {
    assertThat(UsageRange.lastDays(1, NOW))
        .isEqualTo(range("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", Step.DAY));
    assertThat(UsageRange.lastDays(90, NOW).size()).isEqualTo(90);
  }

  private static UsageRange range(String from, String to, Step step) {
    return new UsageRange(Instant.parse(from), Instant.parse(to), step);
  }
}
