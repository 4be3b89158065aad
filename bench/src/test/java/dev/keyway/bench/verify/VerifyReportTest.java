package dev.keyway.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keyway.bench.load.LoadResult;
import dev.keyway.bench.verify.Referee.PacedRound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerifyReportTest {
  private static final int REQUESTS = 100_000;

  @Test
  void cost_isServerTimeWithLaterWork() {
    Round round = round(Contender.KEYWAY_REFUSAL, 2_000, 0).withLater(Duration.ofMillis(500));

    assertThat(round.cost()).isEqualTo(25, within(1e-9));
    assertThat(round.laterCost()).isEqualTo(5, within(1e-9));
    assertThat(round.cores(round.server())).isEqualTo(0.4, within(1e-9));
  }

  @Test
  void goal_everyRoundWithin() {
    VerifyReport report = report(new int[] {1_000, 1_000}, new int[] {1_300, 1_500}, 0);

    assertThat(report.goalMissed()).isFalse();
    assertThat(report.markdown())
        .contains("**keyway refusal / reference refusal: 1.40 (rounds 1.30 to 1.50)**")
        .contains("(goal: at most 1.50): within")
        .doesNotContain("not quiet");
  }

  @Test
  void goal_everyRoundBeyond_isMissed() {
    VerifyReport report = report(new int[] {1_000, 1_000}, new int[] {1_600, 1_700}, 0);

    assertThat(report.goalMissed()).isTrue();
    assertThat(report.markdown()).contains("(goal: at most 1.50): beyond");
  }

  @Test
  void goal_roundsDisagree_isNotResolvedAndNotMissed() {
    VerifyReport report = report(new int[] {1_000, 1_000}, new int[] {1_400, 1_700}, 0);

    assertThat(report.goalMissed()).isFalse();
    assertThat(report.markdown()).contains("(goal: at most 1.50): not resolved");
  }

  @Test
  void markdown_saysWhenOthersUsedTheMachine() {
    VerifyReport report = report(new int[] {1_000}, new int[] {1_400}, 2_000);

    assertThat(report.markdown()).contains("other processes used up to 0.40 cores in a round");
  }

  /** Server milliseconds of the reference and of Keyway's refusal in each round. */
  private static VerifyReport report(int[] reference, int[] refusal, int othersMillis) {
    var rounds = new ArrayList<Round>();
    for (int i = 0; i < reference.length; i++) {
      for (Contender contender : Contender.values()) {
        int millis =
            switch (contender) {
              case REFERENCE_REFUSAL -> reference[i];
              case KEYWAY_REFUSAL -> refusal[i];
              default -> 3_000;
            };
        rounds.add(round(contender, millis, othersMillis));
      }
    }
    var paced = new ArrayList<PacedRound>();
    for (Contender contender : Contender.values()) {
      paced.add(new PacedRound(contender, load()));
    }
    return new VerifyReport(
        VerifyOptions.parse(List.of()),
        new Surroundings(Map.of("machine", "of a test")),
        rounds,
        paced);
  }

  private static Round round(Contender contender, int serverMillis, int othersMillis) {
    return new Round(
        contender,
        0,
        load(),
        Duration.ofSeconds(5),
        Duration.ofMillis(serverMillis),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofMillis(othersMillis),
        Duration.ZERO);
  }

  private static LoadResult load() {
    return new LoadResult(REQUESTS, 5_000_000, 18_100_000, 0, 0, 500, 4_500);
  }
}
