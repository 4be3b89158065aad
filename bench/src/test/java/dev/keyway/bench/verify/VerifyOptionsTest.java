package dev.keyway.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.verify.VerifyOptions.Recording;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyOptionsTest {
  @Test
  void parse_nothing_isTheRunThatIssuesAskFor() {
    VerifyOptions options = VerifyOptions.parse(List.of());

    assertThat(options.keys()).isEqualTo(100_000);
    assertThat(options.connections()).isEqualTo(64);
    assertThat(options.rounds()).isGreaterThanOrEqualTo(5);
    assertThat(options.round()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(options.warmUp()).isGreaterThanOrEqualTo(Duration.ofSeconds(12));
    assertThat(options.recording()).isEqualTo(Recording.RESULTS_ONLY);
  }

  @Test
  void parse_laterOptionWins() {
    VerifyOptions options =
        VerifyOptions.parse(List.of("--quick", "--rounds", "9", "--rounds", "5", "--record"));

    assertThat(options.keys()).isEqualTo(2_000);
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.recording()).isEqualTo(Recording.README_TOO);
  }

  @Test
  void parse_namesTheOptionThatIsWrong() {
    assertRefused("--speed", "--speed");
    assertRefused("--rounds", "--rounds");
    assertRefused("--rounds", "--rounds", "0");
    assertRefused("--keys", "--keys", "many");
    assertRefused("--keys", "--keys", "10");
    assertRefused("--processes", "--processes", "7", "--rounds", "6");
  }

  @Test
  void roundsOf_sharesOutAllRounds() {
    VerifyOptions options = VerifyOptions.parse(List.of("--rounds", "7", "--processes", "3"));

    assertThat(List.of(options.roundsOf(0), options.roundsOf(1), options.roundsOf(2)))
        .containsExactly(3, 2, 2);
  }

  private static void assertRefused(String named, String... arguments) {
    assertThatThrownBy(() -> VerifyOptions.parse(List.of(arguments)))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining(named);
  }
}
