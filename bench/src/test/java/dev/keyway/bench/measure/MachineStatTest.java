package dev.keyway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MachineStatTest {
  @Test
  void parse_busyIsAllButIdleAndWaiting() {
    String text = "cpu  100 20 30 4000 500 6 7 80 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 1\n";

    assertThat(MachineStat.parse(text)).isEqualTo(new MachineStat(100 + 20 + 30 + 6 + 7, 80));
  }

  @Test
  void parse_refusesOtherText() {
    assertThatThrownBy(() -> MachineStat.parse("intr 1 2 3 4 5 6 7 8"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MachineStat.parse("")).isInstanceOf(IllegalArgumentException.class);
  }
}
