package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.memory.InMemoryStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A disk that does not take a write must not have all requests of a key wait for it. */
class StalledWriteTest {
  private static final RateLimit LIMIT = new RateLimit("data", 10, Duration.ofMinutes(1));
  private static final ApiKeyId KEY = new ApiKeyId("a1B2c3D4e5F6");

  private final CountDownLatch stalled = new CountDownLatch(1);
  private final RollingWindowLimiter limiter =
      new RollingWindowLimiter(
          new FaultyWindows(
              new InMemoryStores().windows(), () -> FaultyWindows.Fate.DONE, this::stall),
          new NodeClock(() -> 0, InstantSource.system()),
          Limiters.NO_EVENTS);

  @Test
  void requestsBeyondTheReserve_giveUpSoonAndOnlyAFewWait() throws Exception {
    limiter.begin();
    Limiters.acquire(limiter, LIMIT, KEY);
    try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ExecutorCompletionService<LimitState>(requests);
      for (int i = 0; i < 1_000; i++) {
        done.submit(() -> Limiters.acquire(limiter, LIMIT, KEY));
      }
      try {
        // All but the one that writes itself.
        for (int i = 1; i < 1_000; i++) {
          Future<LimitState> answer = done.poll(10, TimeUnit.SECONDS);
          assertThat(answer).isNotNull();
          assertThat(answer.exceptionNow()).isInstanceOf(UnavailableException.class);
        }
      } finally {
        stalled.countDown();
      }
      assertThat(done.take().get().admitted()).isTrue();
    }
  }

  private void stall() {
    try {
      assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
