package dev.keyway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
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

  @Test
  @DisplayName("what is shared does not end with one caller's deadline, only the caller's waiting")
  void apart_isNotBoundedAndNotWaitedForBeyond() {
    var release = new CountDownLatch(1);
    var patience = new CompletableFuture<Duration>();

    assertThatThrownBy(() ->
            within(
                Duration.ofMillis(1),
                () ->
                    Deadline.apart(() -> {
                      awaitQuietly(release);
                      return patience.complete(Deadline.atMost(PATIENCE));
                    })))
        .isInstanceOf(UnavailableException.class);
    release.countDown();

    assertThat(patience.join()).isEqualTo(PATIENCE);
  }

  @Test
  void apart_answersAndFailsAsTheCallDoes() {
    var failure = new IllegalStateException("a bug");

    assertThat(within(PATIENCE, () -> Deadline.apart(() -> "answer"))).isEqualTo("answer");
    assertThat(Deadline.apart(() -> "answer")).isEqualTo("answer");
    assertThatThrownBy(() ->
            within(
                PATIENCE,
                () ->
                    Deadline.apart(() -> {
                      throw failure;
                    })))
        .isSameAs(failure);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T within(Duration time, Supplier<T> call) {
    return Deadline.within(time, nanoTime::get, call);
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }
}
