package dev.keyway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadTest {
  @Test
  void longestPause_isTwiceTheMeanThatMakesTheRate() {
    // 64 connections with a pause of 32 ms on average send 2,000 requests a second.
    assertThat(load(2_000).longestPauseMillis()).isEqualTo(64);
  }

  @Test
  void longestPause_withoutARate_isNone() {
    assertThat(load(0).longestPauseMillis()).isZero();
  }

  private static Load load(int requestsPerSecond) {
    return new Load(
        URI.create("http://127.0.0.1:1/"),
        RequestForm.bearer(),
        Path.of("keys"),
        64,
        Duration.ofSeconds(1),
        requestsPerSecond);
  }
}
