package dev.keyway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One event a second passes, and none is forgotten. */
final class SeldomTest {
  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {0, -5 * SECOND, Long.MAX_VALUE - SECOND / 2})
  void oneASecond_passesWhereverTheClockBegins(long start) {
    var clock = new AtomicLong(start);
    var seldom = new Seldom(clock::get);
    assertThat(seldom.lets()).isTrue();
    assertThat(seldom.lets()).isFalse();
    clock.addAndGet(SECOND - 1);
    assertThat(seldom.lets()).isFalse();
    clock.addAndGet(1);
    assertThat(seldom.lets()).isTrue();
    assertThat(seldom.lets()).isFalse();
  }

  @Test
  void skipped_areCountedUntilTheyAreTaken() {
    var clock = new AtomicLong();
    var seldom = new Seldom(clock::get);
    assertThat(seldom.lets()).isTrue();
    assertThat(seldom.takeSkipped()).isZero();
    for (int i = 0; i < 7; i++) {
      assertThat(seldom.lets()).isFalse();
    }
    assertThat(seldom.takeSkipped()).isEqualTo(7);
    assertThat(seldom.takeSkipped()).isZero();
  }

  @Test
  void manyAtOnce_letOneThrough() {
    var seldom = new Seldom(() -> 0);
    var passed = new AtomicInteger();
    IntStream.range(0, 1_000)
        .parallel()
        .forEach(_ -> {
          if (seldom.lets()) {
            passed.incrementAndGet();
          }
        });
    assertThat(passed).hasValue(1);
    assertThat(seldom.takeSkipped()).isEqualTo(999);
  }
}
