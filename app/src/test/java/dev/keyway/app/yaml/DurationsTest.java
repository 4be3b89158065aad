package dev.keyway.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "1m, PT1M", "12h, PT12H", "7d, PT168H", "0s, PT0S"})
  void parse_wellFormed(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "d", "7 d", "7D", "-7d", "1.5h", "1w", "1h30m", "9999999999d"})
  void parse_anythingElse(String text) {
    assertThat(Durations.parse(text)).isNull();
  }
}
