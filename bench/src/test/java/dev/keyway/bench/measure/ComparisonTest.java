package dev.keyway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.bench.measure.Comparison.Verdict;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Goal GOAL = Goal.atMost(1.5);

  @Test
  void of_isMedianAndSpreadOfTheRatiosOfNeighbours() {
    // The machine was twice as slow in the last round; the neighbours' ratio does not show it.
    var comparison = Comparison.of(new Series(12, 13, 24), new Series(10, 10, 20));

    assertThat(comparison).isEqualTo(new Comparison(1.2, 1.2, 1.3));
  }

  @Test
  void against_everyRoundWithin_isMet() {
    assertThat(new Comparison(1.3, 1.2, 1.5).against(GOAL)).isEqualTo(Verdict.MET);
  }

  @Test
  void against_everyRoundBeyond_isMissed() {
    assertThat(new Comparison(1.7, 1.6, 1.9).against(GOAL)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void against_spreadWiderThanTheGap_isNotResolved() {
    assertThat(new Comparison(1.4, 1.2, 1.6).against(GOAL)).isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(new Comparison(1.6, 1.4, 1.9).against(GOAL)).isEqualTo(Verdict.NOT_RESOLVED);
  }

  @Test
  void against_aLowerBound_turnsRound() {
    Goal fifty = Goal.atLeast(50);

    assertThat(new Comparison(80, 50, 90).against(fifty)).isEqualTo(Verdict.MET);
    assertThat(new Comparison(40, 30, 49).against(fifty)).isEqualTo(Verdict.MISSED);
    assertThat(new Comparison(60, 49, 80).against(fifty)).isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(fifty.text()).isEqualTo("at least 50");
  }
}
