package dev.keyway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InstructionsTest {
  @Test
  void parse_takesTheCount() {
    assertThat(Instructions.parse("\n188212345,,instructions:u,1001234,100.00,,\n"))
        .hasValue(188_212_345L);
  }

  @Test
  void parse_whatTheMachineCannotCount_isNoCount() {
    assertThat(Instructions.parse("<not supported>,,instructions:u,0,100.00,,\n")).isEmpty();
    assertThat(Instructions.parse("perf: command not found\n")).isEmpty();
  }
}
