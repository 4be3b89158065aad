package dev.keyway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.bench.BenchException;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final String BEGIN = "<!-- verify: begin -->";
  private static final String END = "<!-- verify: end -->";

  @Test
  void replaced_changesOnlyWhatIsBetweenTheMarks() {
    String page = "before\n" + BEGIN + "\nold\n" + END + "\nafter\n";

    assertThat(Results.replaced(page, "verify", "new\n"))
        .isEqualTo("before\n" + BEGIN + "\nnew\n" + END + "\nafter\n");
  }

  @Test
  void replaced_pageWithoutMarks_isRefused() {
    assertThatThrownBy(() -> Results.replaced("nothing", "verify", "new"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("marks");
  }
}
