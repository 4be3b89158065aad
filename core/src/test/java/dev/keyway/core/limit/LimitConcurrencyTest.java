package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.contract.Together;
import dev.keyway.core.limit.FaultyWindows.Fate;
import dev.keyway.core.limit.WindowStore.Passed;
import dev.keyway.core.memory.InMemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

/** Where requests, the writer and the end of a node meet. */
class LimitConcurrencyTest {
  private static final RateLimit LIMIT = new RateLimit("data", 1_000, Duration.ofMinutes(1));
  private static final int RESERVE = 100;
  private static final int ASKING = 4;
  private static final int ATTEMPTS = 1_000;
  private static final List<ApiKeyId> KEYS =
      List.of(new ApiKeyId("a1B2c3D4e5F6"), new ApiKeyId("000000000000"));

  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean isFaultless;
  private final WindowStore windows = new InMemoryStores().windows();
  private final AtomicIntegerArray admitted = new AtomicIntegerArray(KEYS.size());
  // Time stands still, so that all that is admitted counts to the end.
  private final NodeClock clock = new NodeClock(() -> 1_000_000, () -> Instant.EPOCH);
  private final RollingWindowLimiter limiter =
      new RollingWindowLimiter(
          new FaultyWindows(windows, this::fate, Thread::yield), clock, Limiters.NO_EVENTS);

  @RepeatedTest(50)
  @DisplayName(
      "ALL-4 nothing admitted is lost or written twice, and no more than a tenth unwritten")
  void acquireAndWrite_together_writeEachAdmissionOnce() {
    begin();

    Together.run(
        ASKING + 2,
        number -> {
          switch (number) {
            case 0 -> write();
            case 1 -> watch();
            default -> ask();
          }
          return number;
        });
    isFaultless = true;
    end();

    for (int i = 0; i < KEYS.size(); i++) {
      assertThat(written(i)).isEqualTo(admitted.get(i));
    }
    assertThat(admitted.get(0) + admitted.get(1)).isPositive();
  }

  /** Until the limit is reached, or until the node ends. */
  private void ask() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int key = i % KEYS.size();
      try {
        LimitState state =
            i % 3 == 0
                ? Limiters.acquire(limiter, LIMIT, KEYS.get(key))
                : Limiters.acquireIfReady(limiter, LIMIT, KEYS.get(key));
        if (state != null && state.admitted()) {
          admitted.incrementAndGet(key);
        }
      } catch (UnavailableException e) {
        // The store failed, or the node has ended.
      }
    }
    asked.incrementAndGet();
  }

  private boolean isAsked() {
    return asked.get() < ASKING;
  }

  /** Ends the node somewhere in the middle. */
  private void write() {
    int endAt = ThreadLocalRandom.current().nextInt(1, KEYS.size() * Limiters.requests(LIMIT));
    while (isAsked() && admitted.get(0) + admitted.get(1) < endAt) {
      try {
        limiter.writeDue();
      } catch (UnavailableException e) {
        // It will be written the next time.
      }
    }
    end();
  }

  private void watch() {
    while (isAsked()) {
      for (int key = 0; key < KEYS.size(); key++) {
        int before = admitted.get(key);
        assertThat(before - written(key)).isLessThanOrEqualTo(RESERVE);
      }
    }
  }

  private int written(int key) {
    return windows.read(Limiters.subject(KEYS.get(key), "data"), 0).passed().stream()
        .mapToInt(Passed::requests)
        .sum();
  }

  private void begin() {
    boolean begun = false;
    while (!begun) {
      try {
        limiter.begin();
        begun = true;
      } catch (UnavailableException e) {
        // Not begun, so once more.
      }
    }
  }

  private void end() {
    try {
      limiter.close();
    } catch (UnavailableException e) {
      // It is ended once more when nothing fails.
    }
  }

  private Fate fate() {
    boolean fails = !isFaultless && ThreadLocalRandom.current().nextInt(8) == 0;
    return fails ? Fate.FAILED : Fate.DONE;
  }
}
