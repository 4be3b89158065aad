package dev.keyway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.bench.Options.Switch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void parse_nothing_isTheRunThatIssuesAskFor() {
    Options options = Options.parse(List.of());

    assertThat(options.keys()).isEqualTo(100_000);
    assertThat(options.connections()).isEqualTo(64);
    assertThat(options.rounds()).isEqualTo(7);
    assertThat(options.round()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(options.warmUp()).isGreaterThanOrEqualTo(Duration.ofSeconds(12));
    assertThat(options.switches()).isEmpty();
  }

  @Test
  void parse_laterOptionWins() {
    Options options =
        Options.parse(List.of("--quick", "--rounds", "9", "--rounds", "5", "--record"));

    assertThat(options.keys()).isEqualTo(2_000);
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.has(Switch.RECORD)).isTrue();
    assertThat(options.has(Switch.TLS)).isFalse();
  }

  @Test
  void parse_aBenchmarksOwnDefault_givesWayToTheOption() {
    var defaults = Map.of("--paced-rate", 300);

    assertThat(Options.parse(List.of(), defaults).pacedRate()).isEqualTo(300);
    assertThat(Options.parse(List.of("--paced-rate", "9"), defaults).pacedRate()).isEqualTo(9);
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
    Options options = Options.parse(List.of("--rounds", "7", "--processes", "3"));

    assertThat(List.of(options.roundsOf(0), options.roundsOf(1), options.roundsOf(2)))
        .containsExactly(3, 2, 2);
  }

  private static void assertRefused(String named, String... arguments) {
    assertThatThrownBy(() -> Options.parse(List.of(arguments)))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining(named);
  }
}
