package dev.keyway.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.limit.Charge;
import dev.keyway.core.limit.LimitState;
import dev.keyway.core.limit.LimitedCaller;
import dev.keyway.core.limit.NodeLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LimitWriterTest {
  private static final long PATIENCE_SECONDS = 20;

  private final Queue<String> done = new ConcurrentLinkedQueue<>();
  private final CountDownLatch slowHasBegun = new CountDownLatch(1);
  private final CountDownLatch slowMayEnd = new CountDownLatch(1);
  private final CountDownLatch quickIsDone = new CountDownLatch(2);
  private final LimitWriter writer = new LimitWriter();

  @Test
  @DisplayName("a duty that is slow holds up no other, and the limiter ends when it is done")
  void slowDuty_isWaitedForAtTheEnd_andByNobodyElse() throws Exception {
    writer.start(new Limiter(), List.of(() -> done.add("read")));
    assertThat(done).as("read before anything is admitted").startsWith("read", "begun");
    writer.due();
    assertThat(slowHasBegun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(quickIsDone.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    var closing = Thread.ofPlatform().start(writer::close);
    awaitWaiting(closing);
    assertThat(done).doesNotContain("closed");
    slowMayEnd.countDown();
    closing.join();
    assertThat(done.stream().filter(one -> !one.equals("read")))
        .containsExactly("begun", "slow", "closed");
  }

  private static void awaitWaiting(Thread thread) {
    long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(thread.isAlive()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** One with a duty that takes its time, and one that does not. */
  private final class Limiter implements NodeLimiter {
    @Override
    public List<Runnable> duties() {
      return List.of(this::slow, quickIsDone::countDown);
    }

    private void slow() {
      slowHasBegun.countDown();
      try {
        assertThat(slowMayEnd.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        done.add("slow");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void begin() {
      done.add("begun");
    }

    @Override
    public void close() {
      done.add("closed");
    }

    @Override
    public void writeDue() {}

    @Override
    public void dropIdle() {}

    @Override
    public void forgetWritten() {}

    @Override
    public int size() {
      return 0;
    }

    @Override
    public LimitState acquireIfReady(Charge charge, LimitedCaller caller) {
      return UNLIMITED;
    }

    @Override
    public LimitState acquire(Charge charge, LimitedCaller caller) {
      return UNLIMITED;
    }
  }
}
