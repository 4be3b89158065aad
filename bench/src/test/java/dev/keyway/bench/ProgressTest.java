package dev.keyway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.bench.Progress.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void plain_countsStepsAndUsesNoControlCharacters() {
    Progress progress = progress(Style.PLAIN);
    progress.expect(4);
    progress.say("warming up");
    progress.step("round");

    assertThat(text())
        .contains("] warming up\n")
        .contains("] 1/4 round\n")
        .doesNotContain("\u001b");
  }

  @Test
  void terminal_drawsTheBarBelowTheLines() {
    Progress progress = progress(Style.TERMINAL);
    progress.expect(2);
    progress.step("round");

    assertThat(text()).endsWith(progress.bar());
    assertThat(progress.bar()).startsWith("[" + "#".repeat(15) + "-".repeat(15) + "] 1/2");
  }

  @Test
  void expect_isSaidOnce() {
    Progress progress = progress(Style.PLAIN);
    progress.expect(4);
    progress.expect(8);

    assertThat(progress.bar()).endsWith("0/4");
  }

  private Progress progress(Style style) {
    return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), style);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
