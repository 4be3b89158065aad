package dev.keyway.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.keyway.core.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The watch sees a store that fails and one that keeps silent, and says so once. */
final class StoreWatchTest {
  private static final Duration INTERVAL = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofMillis(300);

  @Test
  void failingStore_isSeenAndItsReturnToo() throws Exception {
    var failure = new AtomicReference<@Nullable RuntimeException>();
    try (var lines = new LogLines(StoreWatch.class);
        var watch = new StoreWatch(() -> failWith(failure.get()), () -> true, INTERVAL, PATIENCE)) {
      assertThat(watch.isAnswering()).isTrue();

      failure.set(new UnavailableException("the disk is gone", null));
      until(() -> !lines.of(Level.ERROR).isEmpty());
      assertThat(watch.isAnswering()).isFalse();
      failure.set(null);
      until(() -> !lines.of(Level.INFO).isEmpty());
      assertThat(watch.isAnswering()).isTrue();

      failure.set(new IllegalStateException("a bug"));
      until(() -> lines.of(Level.ERROR).size() == 2);
      assertThat(lines.of(Level.ERROR).getFirst()).endsWith(": the disk is gone");
      assertThat(lines.of(Level.ERROR).getLast()).endsWith("IllegalStateException: a bug");
      assertThat(lines.of(Level.INFO)).containsExactly("the store answers again");
    }
  }

  @Test
  void silentStore_isNotWaitedFor() throws Exception {
    var goOn = new CountDownLatch(1);
    try (var lines = new LogLines(StoreWatch.class);
        var watch = new StoreWatch(() -> await(goOn), () -> true, INTERVAL, PATIENCE)) {
      until(() -> !watch.isAnswering());
      until(() -> !lines.of(Level.ERROR).isEmpty());
      assertThat(lines.of(Level.ERROR).getFirst()).endsWith(": it keeps silent");
      goOn.countDown();
      until(watch::isAnswering);
      until(() -> !lines.of(Level.INFO).isEmpty());
    }
  }

  private static void failWith(@Nullable RuntimeException failure) {
    if (failure != null) {
      throw failure;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    var pause = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      assertThat(pause.await(5, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
