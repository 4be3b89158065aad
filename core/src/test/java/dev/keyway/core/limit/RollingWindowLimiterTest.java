package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.contract.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RollingWindowLimiterTest {
  private static final ApiKeyId KEY = new ApiKeyId("a1B2c3D4e5F6");
  private static final ApiKeyId OTHER = new ApiKeyId("000000000000");

  /** True time, finer than the limiter's own milliseconds. */
  private final AtomicLong micros = new AtomicLong(1_000_000);

  private final RollingWindowLimiter limiter =
      Limiters.inMemory(() -> Math.floorDiv(micros.get(), 1_000L));

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("ALL-4 slid over all admissions, no window of w holds more than q")
  void acquire_atRandomTimes_neverExceedsTheLimitInAnyWindow(int seed) {
    var random = new Random(seed);
    RateLimit limit = limit(1 + random.nextInt(40), Duration.ofMillis(1_000 + random.nextInt(999)));
    // Every other run starts so that the 32 bits of milliseconds wrap in the middle of it.
    micros.set(seed % 2 == 0 ? 0 : (Integer.MAX_VALUE - 20_000L) * 1_000);
    long windowMicros = Limiters.window(limit).toMillis() * 1_000;
    var admitted = new ArrayList<Long>();

    for (int i = 0; i < 4_000; i++) {
      micros.addAndGet(gap(random, windowMicros, Limiters.requests(limit)));
      if (Limiters.acquire(limiter, limit, KEY).admitted()) {
        admitted.add(micros.get());
      }
      if (random.nextInt(50) == 0) {
        limiter.dropIdle();
      }
    }

    assertThat(admitted).hasSizeGreaterThan(Limiters.requests(limit));
    for (int i = 0; i + Limiters.requests(limit) < admitted.size(); i++) {
      assertThat(admitted.get(i + Limiters.requests(limit)) - admitted.get(i))
          .isGreaterThanOrEqualTo(windowMicros);
    }
  }

  @Test
  @DisplayName("MEMO-9 as many as the limit says are admitted, and the next one is not")
  void acquire_inABurst_admitsExactlyTheLimit() {
    RateLimit limit = limit(500, Duration.ofMinutes(1));
    for (int round = 0; round < 3; round++) {
      for (int left = 499; left >= 0; left--) {
        LimitState state = Limiters.acquire(limiter, limit, KEY);
        assertThat(state.admitted()).isTrue();
        assertThat(state.remaining()).isEqualTo(left);
      }
      LimitState refused = Limiters.acquire(limiter, limit, KEY);
      assertThat(refused.admitted()).isFalse();
      assertThat(refused.remaining()).isZero();
      assertThat(refused.limit()).isEqualTo(limit);
      passMillis(60_001);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 16, 17, 100})
  void acquire_evenlyWithinTheLimit_isNeverRefused(int requests) {
    RateLimit limit = limit(requests, Duration.ofSeconds(10));
    // One millisecond more than the even share, as times are cut off to the millisecond.
    long gap = 10_000L / requests + 2;
    for (int i = 0; i < requests * 5; i++) {
      assertThat(Limiters.acquire(limiter, limit, KEY).admitted()).isTrue();
      passMillis(gap);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("MEMO-9 Retry-After is honest: then a request is admitted, and earlier it is not")
  void acquire_refused_saysWhenTheNextIsAdmitted(int seed) {
    var random = new Random(seed);
    RateLimit limit = limit(1 + random.nextInt(10), Duration.ofSeconds(2));
    int checked = 0;
    for (int i = 0; i < 500; i++) {
      micros.addAndGet(random.nextInt(300_000));
      LimitState state = Limiters.acquire(limiter, limit, KEY);
      if (!state.admitted()) {
        assertThat(state.resetMillis()).isBetween(1L, 2_001L);
        if (state.resetMillis() > 2) {
          passMillis(state.resetMillis() - 2);
          assertThat(Limiters.acquire(limiter, limit, KEY).admitted()).isFalse();
          passMillis(2);
        } else {
          passMillis(state.resetMillis());
        }
        assertThat(Limiters.acquire(limiter, limit, KEY).admitted()).isTrue();
        checked++;
      }
    }
    assertThat(checked).isPositive();
  }

  @Test
  void retryAfterSeconds_isRoundedUpAndAtLeastOne() {
    RateLimit limit = limit(1, Duration.ofSeconds(1));

    assertThat(Limiters.refused(limit, 0).retryAfterSeconds()).isEqualTo(1);
    assertThat(Limiters.refused(limit, 1_000).retryAfterSeconds()).isEqualTo(1);
    assertThat(Limiters.refused(limit, 1_001).retryAfterSeconds()).isEqualTo(2);
    assertThat(Limiters.refused(limit, 60_001).retryAfterSeconds()).isEqualTo(61);
    assertThat(Limiters.refused(limit, 60_001).resetSeconds()).isEqualTo(61);
  }

  @Test
  void acquire_refused_countsNothing() {
    RateLimit limit = limit(1, Duration.ofSeconds(1));
    Limiters.acquire(limiter, limit, KEY);
    for (int i = 0; i < 100; i++) {
      passMillis(10);
      assertThat(Limiters.acquire(limiter, limit, KEY).admitted()).isFalse();
    }
    passMillis(1);

    assertThat(Limiters.acquire(limiter, limit, KEY).admitted()).isTrue();
  }

  @Test
  void acquire_otherKeyOrLimit_countsApart() {
    RateLimit data = limit(1, Duration.ofSeconds(1));
    RateLimit management = new RateLimit("management", 1, Duration.ofSeconds(1));
    Limiters.acquire(limiter, data, KEY);

    assertThat(Limiters.acquire(limiter, data, OTHER).admitted()).isTrue();
    assertThat(Limiters.acquire(limiter, management, KEY).admitted()).isTrue();
    assertThat(Limiters.acquire(limiter, data, KEY).admitted()).isFalse();
  }

  @Test
  @DisplayName("ALL-4 under any concurrency exactly the limit is admitted")
  void acquire_concurrently_admitsExactlyTheLimit() {
    RateLimit limit = limit(1_000, Duration.ofMinutes(1));

    List<Integer> admitted = Together.run(8, _ -> admittedOf(500, limit));

    assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000);
  }

  @Test
  @DisplayName("ALL-4 dropping idle windows meanwhile loses no counted admission")
  void dropIdle_whileOthersAcquire_losesNoCount() {
    RateLimit limit = limit(20, Duration.ofSeconds(1));
    for (int round = 0; round < 300; round++) {
      // All that was counted has left the window: it is idle just when the others come back to it.
      passMillis(1_001);

      List<Integer> admitted =
          Together.run(
              3,
              number -> {
                if (number == 0) {
                  IntStream.range(0, 50).forEach(_ -> limiter.dropIdle());
                  return 0;
                }
                return admittedOf(20, limit);
              });

      assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
    }
  }

  @Test
  void dropIdle_dropsOnlyWhatCountsNoMore() {
    RateLimit limit = limit(2, Duration.ofSeconds(1));
    Limiters.acquire(limiter, limit, KEY);
    passMillis(500);
    Limiters.acquire(limiter, limit, OTHER);

    passMillis(501);
    limiter.dropIdle();
    assertThat(limiter.size()).isEqualTo(1);

    Limiters.acquire(limiter, limit, OTHER);
    assertThat(Limiters.acquire(limiter, limit, OTHER).admitted()).isFalse();

    passMillis(1_001);
    limiter.dropIdle();
    assertThat(limiter.size()).isZero();
  }

  @Test
  void rateLimit_outsideItsBounds_isRefused() {
    assertThatThrownBy(() -> limit(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limit(100_001, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limit(1, Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limit(1, Duration.ofDays(1).plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void acquire_longestWindow_countsThroughTheWholeDay() {
    RateLimit limit = limit(1, Period.Rolling.GREATEST);
    Limiters.acquire(limiter, limit, KEY);

    passMillis(Duration.ofDays(1).toMillis() - 1);
    assertThat(Limiters.acquire(limiter, limit, KEY).admitted()).isFalse();
    passMillis(2);
    assertThat(Limiters.acquire(limiter, limit, KEY).admitted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"P2D", "P25D", "P49D", "P49DT17H3M", "P50D", "P400D"})
  void acquireIfReady_newWindowLongAfterTheBeginning_needsNoStore(Duration uptime) {
    passMillis(uptime.toMillis());

    assertThat(Limiters.acquireIfReady(limiter, limit(10, Duration.ofMinutes(1)), KEY)).isNotNull();
  }

  static IntStream seeds() {
    return IntStream.range(0, 24);
  }

  /** Bursts, crawls and waits of about a window: what a limit is most easily wrong about. */
  private static long gap(Random random, long windowMicros, int requests) {
    return switch (random.nextInt(10)) {
      case 0 -> windowMicros - 1_000 + random.nextInt(2_000);
      case 1 -> random.nextLong(2 * windowMicros / requests + 1);
      case 2, 3 -> random.nextInt(2_000);
      case 4 -> random.nextLong(windowMicros);
      default -> 0;
    };
  }

  private int admittedOf(int attempts, RateLimit limit) {
    return (int)
        IntStream.range(0, attempts)
            .filter(_ -> Limiters.acquire(limiter, limit, KEY).admitted())
            .count();
  }

  private void passMillis(long millis) {
    micros.addAndGet(millis * 1_000);
  }

  private static RateLimit limit(int requests, Duration window) {
    return new RateLimit("data", requests, window);
  }
}
