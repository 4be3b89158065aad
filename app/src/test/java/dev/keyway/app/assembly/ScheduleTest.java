package dev.keyway.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final Schedule schedule = new Schedule("test");
  private final Thread closer = Thread.ofPlatform().unstarted(schedule::close);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final AtomicBoolean isDone = new AtomicBoolean();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void close_choreUnderWay_letsItEndAndBeginsNoOther() throws Exception {
    Chore chore = schedule.every(Duration.ofMillis(1), "write", this::write);
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    closer.start();

    assertThat(closer.join(Duration.ofSeconds(30))).isTrue();
    assertThat(isDone).isTrue();
    assertThat(runs).hasValue(1);
    assertThat(chore.failures()).isZero();
  }

  /** Goes on until somebody waits for its end, or waits no more. */
  private void write() {
    var settled = EnumSet.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED);
    runs.incrementAndGet();
    begun.countDown();
    try {
      while (!settled.contains(closer.getState())) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    isDone.set(!Thread.currentThread().isInterrupted());
  }
}
