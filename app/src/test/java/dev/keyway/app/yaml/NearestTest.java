package dev.keyway.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("carriers", "limits", "plans", "self_management");

  @ParameterizedTest
  @CsvSource({
    "carrier, carriers",
    "limtis, limits",
    "Plans, plans",
    "self-management, self_management",
    "plan, plans"
  })
  void to_slip(String unknown, String meant) {
    assertThat(Nearest.to(unknown, KNOWN)).contains(meant);
  }

  @Test
  void to_nothingNear() {
    assertThat(Nearest.to("upstream", KNOWN)).isEmpty();
  }

  @Test
  void hint_nothingNear() {
    assertThat(Nearest.hint("upstream", List.of("a", "b"))).isEqualTo("; known are a, b");
  }

  @ParameterizedTest
  @CsvSource({"'', abc, 3", "abc, abc, 0", "abc, acb, 1", "kitten, sitting, 3", "ab, '', 2"})
  void distance_known(String from, String to, int distance) {
    assertThat(Nearest.distance(from, to)).isEqualTo(distance);
    assertThat(Nearest.distance(to, from)).isEqualTo(distance);
  }
}
