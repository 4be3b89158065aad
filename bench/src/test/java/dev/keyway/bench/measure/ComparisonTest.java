package dev.keyway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.bench.measure.Comparison.Verdict;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void of_takesRatioOfMediansAndSpreadOfNeighbours() {
    // The machine was twice as slow in the last round; the neighbours' ratio does not show it.
    var comparison = Comparison.of(new Series(12, 13, 24), new Series(10, 10, 20));

    assertThat(comparison).isEqualTo(new Comparison(1.3, 1.2, 1.3));
  }

  @Test
  void against_everyRoundWithin() {
    assertThat(new Comparison(1.3, 1.2, 1.5).against(1.5)).isEqualTo(Verdict.WITHIN);
  }

  @Test
  void against_everyRoundBeyond() {
    assertThat(new Comparison(1.7, 1.6, 1.9).against(1.5)).isEqualTo(Verdict.BEYOND);
  }

  @Test
  void against_spreadWiderThanTheGap_isNotResolved() {
    assertThat(new Comparison(1.4, 1.2, 1.6).against(1.5)).isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(new Comparison(1.6, 1.4, 1.9).against(1.5)).isEqualTo(Verdict.NOT_RESOLVED);
  }
}
