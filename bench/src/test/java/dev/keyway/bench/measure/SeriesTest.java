package dev.keyway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void median_oddNumber_isTheMiddleOne() {
    assertThat(new Series(9, 1, 5).median()).isEqualTo(5);
  }

  @Test
  void median_evenNumber_isTheMeanOfTheTwoInTheMiddle() {
    assertThat(new Series(10, 1, 4, 2).median()).isEqualTo(3);
  }

  @Test
  void spread_isLowestAndHighest() {
    var series = new Series(3, 8, 2);

    assertThat(series.min()).isEqualTo(2);
    assertThat(series.max()).isEqualTo(8);
  }

  @Test
  void dividedBy_goesRoundByRound() {
    Series quotients = new Series(2, 9, 4).dividedBy(new Series(1, 3, 8));

    assertThat(quotients.min()).isEqualTo(0.5);
    assertThat(quotients.median()).isEqualTo(2);
    assertThat(quotients.max()).isEqualTo(3);
  }

  @Test
  void dividedBy_otherNumberOfRounds_isRefused() {
    assertThatThrownBy(() -> new Series(1, 2).dividedBy(new Series(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothing_isNoSeries() {
    assertThatThrownBy(Series::new).isInstanceOf(IllegalArgumentException.class);
  }
}
