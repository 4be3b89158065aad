package dev.keyway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MadeKeysTest {
  private final AtomicLong nanos = new AtomicLong();
  private final MadeKeys keys = new MadeKeys(nanos::get);
  private final AtomicInteger told = new AtomicInteger();

  @Test
  void await_returnsOnlyWhenAllOthersKnowTheKey() throws InterruptedException {
    var isTold = new CountDownLatch(1);
    var hasReturned = new CountDownLatch(1);
    Thread maker =
        Thread.startVirtualThread(() -> {
          keys.await("a", 2, isTold::countDown);
          hasReturned.countDown();
        });
    assertThat(isTold.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(keys.isOwn("a")).isTrue();

    keys.known("a");
    keys.known("another");
    assertThat(hasReturned.await(50, TimeUnit.MILLISECONDS)).isFalse();
    keys.known("a");

    maker.join();
    assertThat(keys.isOwn("a")).isFalse();
  }

  @Test
  void await_alone_waitsForNobody() {
    keys.await("a", 0, told::incrementAndGet);

    assertThat(told).hasValue(1);
  }

  @Test
  void await_afterNobodyHasAnswered_doesNotWaitForAWhile() {
    keys.await("a", 1, told::incrementAndGet);

    // Whoever waited here would be waiting for its own thread.
    keys.await("b", 1, () -> assertThat(keys.isOwn("b")).isFalse());
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    keys.await(
        "c",
        1,
        () -> {
          assertThat(keys.isOwn("c")).isTrue();
          keys.known("c");
        });

    assertThat(told).hasValue(1);
  }
}
