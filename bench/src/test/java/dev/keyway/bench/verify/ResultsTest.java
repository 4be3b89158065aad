package dev.keyway.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.bench.BenchException;
import org.junit.jupiter.api.Test;

class ResultsTest {
  @Test
  void replaced_changesOnlyWhatIsBetweenTheMarks() {
    String page = "before\n" + Results.BEGIN + "\nold\n" + Results.END + "\nafter\n";

    assertThat(Results.replaced(page, "new\n"))
        .isEqualTo("before\n" + Results.BEGIN + "\nnew\n" + Results.END + "\nafter\n");
  }

  @Test
  void replaced_pageWithoutMarks_isRefused() {
    assertThatThrownBy(() -> Results.replaced("nothing", "new"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("marks");
  }
}
