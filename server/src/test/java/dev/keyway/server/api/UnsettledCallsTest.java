package dev.keyway.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.UnavailableException;
import dev.keyway.server.api.UnsettledCalls.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Idempotency-Key: calls whose ending could not be written")
class UnsettledCallsTest {
  private static final int MOST = 1_000;
  private static final Taken TAKEN = new Taken("kwo_1", "one");

  private final UnsettledCalls calls = new UnsettledCalls();
  private final List<String> written = new ArrayList<>();
  private boolean isUp = true;

  private Runnable ending(String name) {
    return () -> {
      if (!isUp) {
        throw new UnavailableException("the disk is full", null);
      }
      written.add(name);
    };
  }

  private void writeInAnOutage(Taken taken, String name) {
    isUp = false;
    calls.write(taken, ending(name));
    isUp = true;
  }

  @Test
  void write_storeIsUp_isWrittenOnce() {
    calls.write(TAKEN, ending("done"));
    calls.settle(TAKEN);

    assertThat(written).containsExactly("done");
  }

  @Test
  @DisplayName("an outage is not the caller's: it learns of it when it repeats the call")
  void write_outage_isSettledOnceByARepeat() {
    writeInAnOutage(TAKEN, "done");
    assertThat(written).isEmpty();

    calls.settle(TAKEN);
    calls.settle(TAKEN);

    assertThat(written).containsExactly("done");
  }

  @Test
  void settle_outageGoesOn_isSaidAndTriedAgain() {
    writeInAnOutage(TAKEN, "done");
    isUp = false;
    assertThatThrownBy(() -> calls.settle(TAKEN)).isInstanceOf(UnavailableException.class);

    isUp = true;
    calls.settle(TAKEN);

    assertThat(written).containsExactly("done");
  }

  @Test
  void settle_anotherCallersOrKeysCall_isLeftAlone() {
    writeInAnOutage(TAKEN, "done");

    calls.settle(new Taken("kwo_2", TAKEN.key()));
    calls.settle(new Taken(TAKEN.caller(), "two"));

    assertThat(written).isEmpty();
  }

  @Test
  void write_again_theLaterEndingCounts() {
    writeInAnOutage(TAKEN, "first");
    writeInAnOutage(TAKEN, "second");

    calls.settle(TAKEN);

    assertThat(written).containsExactly("second");
  }

  @Test
  @DisplayName("a long outage fills no memory: beyond a bound, endings are forgotten")
  void write_moreThanTheBound_forgetsTheRest() {
    for (int i = 0; i <= MOST; i++) {
      writeInAnOutage(new Taken("kwo_1", "key-" + i), "call-" + i);
    }

    calls.settle(new Taken("kwo_1", "key-" + (MOST - 1)));
    calls.settle(new Taken("kwo_1", "key-" + MOST));

    assertThat(written).containsExactly("call-" + (MOST - 1));
  }

  @Test
  void write_bug_isThrownOn() {
    Runnable broken =
        () -> {
          throw new IllegalStateException("a bug");
        };

    assertThatThrownBy(() -> calls.write(TAKEN, broken)).isInstanceOf(IllegalStateException.class);
    assertThatCode(() -> calls.settle(TAKEN)).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("of many repetitions at once, one writes the ending")
  void settle_manyAtOnce_isWrittenOnce() throws InterruptedException {
    var count = new AtomicInteger();
    isUp = false;
    calls.write(
        TAKEN,
        () -> {
          if (!isUp) {
            throw new UnavailableException("the disk is full", null);
          }
          count.incrementAndGet();
        });
    isUp = true;
    var start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                awaitQuietly(start);
                calls.settle(TAKEN);
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(count).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
