package dev.keyway.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keyway.bench.Options;
import dev.keyway.bench.contest.Round.Pace;
import dev.keyway.bench.contest.Round.Usage;
import dev.keyway.bench.keyway.Surroundings;
import dev.keyway.bench.load.LoadResult;
import dev.keyway.bench.measure.Goal;
import dev.keyway.bench.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ContestReportTest {
  private static final int REQUESTS = 100_000;
  private static final Contender BARE = new Contender("bare handler", "nothing", 200);
  private static final Contender KEYWAY = new Contender("keyway", "all", 200);
  private static final Ratio RATIO = Ratio.cpu(KEYWAY, BARE, Goal.atMost(1.5));

  @Test
  void cost_isServerTimeWithLaterWork() {
    Round round = round(KEYWAY, Pace.SATURATED, 2_000, 0).withLater(Duration.ofMillis(500));

    assertThat(round.cost()).isEqualTo(25, within(1e-9));
    assertThat(round.laterCost()).isEqualTo(5, within(1e-9));
    assertThat(round.usage().cores(round.usage().server())).isEqualTo(0.4, within(1e-9));
  }

  @Test
  void goal_everyRoundWithin() {
    Report report = report(new int[] {1_000, 1_000}, new int[] {1_300, 1_500}, 0);

    assertThat(report.missed()).isZero();
    assertThat(report.markdown())
        .contains("**CPU per request, keyway / bare handler: 1.40 (rounds 1.30 to 1.50)**")
        .contains("(goal: at most 1.50): met")
        .doesNotContain("not quiet");
  }

  @Test
  void goal_everyRoundBeyond_isMissed() {
    Report report = report(new int[] {1_000, 1_000}, new int[] {1_600, 1_700}, 0);

    assertThat(report.missed()).isEqualTo(1);
    assertThat(report.markdown()).contains("(goal: at most 1.50): missed");
  }

  @Test
  void goal_roundsDisagree_isNotResolvedAndNotMissed() {
    Report report = report(new int[] {1_000, 1_000}, new int[] {1_400, 1_700}, 0);

    assertThat(report.missed()).isZero();
    assertThat(report.markdown()).contains("not resolved; the median has missed it");
  }

  @Test
  void markdown_saysWhenOthersUsedTheMachine() {
    Report report = report(new int[] {1_000}, new int[] {1_400}, 2_000);

    assertThat(report.markdown()).contains("other processes used up to 0.40 cores in a round");
  }

  @Test
  void overTls_isAReportOfItsOwn() {
    Report report =
        new ContestReport(
                "CPU",
                Options.parse(List.of("--tls")),
                new Surroundings(Map.of()),
                rounds(new int[] {1_000}, new int[] {1_000}, 0))
            .of("verify", List.of(), List.of());

    assertThat(report.name()).isEqualTo("verify-tls");
    assertThat(report.title()).isEqualTo("CPU, over TLS");
  }

  private static Report report(int[] bare, int[] keyway, int othersMillis) {
    return new ContestReport(
            "CPU",
            Options.parse(List.of()),
            new Surroundings(Map.of("machine", "of a test")),
            rounds(bare, keyway, othersMillis))
        .of("verify", List.of(RATIO), List.of());
  }

  /** Server milliseconds of both in each round. */
  private static List<Round> rounds(int[] bare, int[] keyway, int othersMillis) {
    var rounds = new ArrayList<Round>();
    for (int i = 0; i < bare.length; i++) {
      for (Pace pace : Pace.values()) {
        rounds.add(round(BARE, pace, bare[i], othersMillis));
        rounds.add(round(KEYWAY, pace, keyway[i], othersMillis));
      }
    }
    return rounds;
  }

  private static Round round(Contender contender, Pace pace, int serverMillis, int othersMillis) {
    var usage =
        new Usage(
            Duration.ofSeconds(5),
            Duration.ofMillis(serverMillis),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(othersMillis),
            Duration.ZERO);
    var load = new LoadResult(REQUESTS, 5_000_000, 18_100_000, 0, 0, 500, 4_500);
    return new Round(contender, pace, 0, load, null, usage, Duration.ZERO, OptionalLong.empty());
  }
}
