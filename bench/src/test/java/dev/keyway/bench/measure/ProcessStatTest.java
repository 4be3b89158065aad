package dev.keyway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessStatTest {
  @Test
  void parse_takesTimesOfProcessAndReapedChildrenApart() {
    String line =
        "4242 (nginx) S 17 4242 4242 0 -1 4194560 1200 0 3 0 811 402 25 14 20 0 1 0 99 1 2 3";

    assertThat(ProcessStat.parse(line)).isEqualTo(new ProcessStat(4242, 17, 1213, 39));
  }

  @Test
  void parse_nameMayHoldBlanksAndParentheses() {
    String line = "7 (a) b) (c d) R 1 7 7 0 -1 0 0 0 0 0 5 6 7 8 20 0 1 0 9 1 2 3\n";

    assertThat(ProcessStat.parse(line)).isEqualTo(new ProcessStat(7, 1, 11, 15));
  }

  @Test
  void parse_refusesOtherText() {
    assertThatThrownBy(() -> ProcessStat.parse("cpu 1 2 3"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProcessStat.parse("7 (sh) R 1 7"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void treeTicks_countsDescendantsAndWhatTheyReapedButNobodyElse() {
    var tree =
        new ProcessTree(
            List.of(
                new ProcessStat(1, 0, 1000, 5000),
                new ProcessStat(10, 1, 3, 7),
                new ProcessStat(11, 10, 20, 0),
                new ProcessStat(12, 11, 100, 4),
                new ProcessStat(13, 1, 9999, 0)));

    assertThat(tree.ticks(10)).isEqualTo(3 + 7 + 20 + 100 + 4);
    assertThat(tree.ownTicks(10)).isEqualTo(3);
    assertThat(tree.reapedTicks(10)).isEqualTo(7);
  }

  @Test
  void treeTicks_processThatHasEnded_isNotZero() {
    var tree = new ProcessTree(List.of(new ProcessStat(1, 0, 10, 0)));

    assertThatThrownBy(() -> tree.ticks(10)).hasMessageContaining("10 has ended");
  }
}
