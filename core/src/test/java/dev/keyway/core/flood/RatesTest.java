package dev.keyway.core.flood;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void take_aSecondsWorthAtOnce_thenOneAnInterval() {
    var rates = new Rates(2, 10);

    assertThat(taken(rates, 0, 0, 20)).isEqualTo(10);
    assertThat(taken(rates, 0, SECOND / 10, 20)).isEqualTo(1);
    assertThat(taken(rates, 0, 100 * SECOND, 20)).isEqualTo(10);
  }

  @Test
  void take_oneTaker_leavesTheOthersTheirs() {
    var rates = new Rates(2, 10);

    assertThat(taken(rates, 0, 0, 20)).isEqualTo(10);
    assertThat(taken(rates, 1, 0, 20)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void take_anyArrivals_neverExceedTwiceTheRateInASecondNorTheRateInTheLongRun(long seed) {
    var random = new Random(seed);
    int perSecond = 1 + random.nextInt(1_000);
    var rates = new Rates(1, perSecond);
    Deque<Long> lastSecond = new ArrayDeque<>();
    long now = 0;
    long admitted = 0;
    for (int i = 0; i < 50_000; i++) {
      now += random.nextInt(10) == 0 ? random.nextLong(SECOND / 10) : random.nextLong(100_000);
      if (rates.take(0, now)) {
        admitted++;
        lastSecond.addLast(now);
      }
      while (!lastSecond.isEmpty() && lastSecond.getFirst() <= now - SECOND) {
        lastSecond.removeFirst();
      }
      assertThat(lastSecond.size()).isLessThanOrEqualTo(2 * perSecond);
    }
    assertThat((double) admitted).isLessThanOrEqualTo(perSecond * (1.01 + (double) now / SECOND));
  }

  private static int taken(Rates rates, int taker, long now, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += rates.take(taker, now) ? 1 : 0;
    }
    return taken;
  }
}
