package dev.keyway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Such a clock begins anywhere, so here close to where it turns negative. */
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

  @Test
  void atMost_withoutDeadline_isThePatience() {
    assertThat(Deadline.atMost(PATIENCE)).isEqualTo(PATIENCE);
  }

  @Test
  void atMost_isWhatIsLeftAndNeverNegative() {
    within(
        Duration.ofSeconds(5),
        () -> {
          assertThat(Deadline.atMost(PATIENCE)).isEqualTo(Duration.ofSeconds(5));
          assertThat(Deadline.atMost(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
          pass(Duration.ofSeconds(3));
          assertThat(Deadline.atMost(PATIENCE)).isEqualTo(Duration.ofSeconds(2));
          pass(Duration.ofSeconds(3));
          return assertThat(Deadline.atMost(PATIENCE)).isZero();
        });
  }

  @Test
  void within_anotherDeadline_canOnlyBeSooner() {
    within(
        Duration.ofSeconds(5),
        () -> {
          Duration longer = within(PATIENCE, () -> Deadline.atMost(PATIENCE));
          Duration shorter = within(Duration.ofSeconds(1), () -> Deadline.atMost(PATIENCE));
          assertThat(longer).isEqualTo(Duration.ofSeconds(5));
          return assertThat(shorter).isEqualTo(Duration.ofSeconds(1));
        });
  }

  @Test
  void within_endsWithTheCall() {
    assertThat(within(Duration.ZERO, () -> "answer")).isEqualTo("answer");
    assertThat(Deadline.atMost(PATIENCE)).isEqualTo(PATIENCE);
  }

  private <T> T within(Duration time, Supplier<T> call) {
    return Deadline.within(time, nanoTime::get, call);
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }
}
