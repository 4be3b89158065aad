package dev.keyway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretInputTest {
  @ParameterizedTest
  @ValueSource(strings = {"key_a:s3cret", "key_a\ns3cret\n", " key_a \r\n\r\n s3cret "})
  void ask_ofAPipe_takesIdAndSecret(String piped) {
    SecretInput.Given given = input(piped, null).ask(false);

    assertThat(given.id()).isEqualTo("key_a");
    assertThat(given.credential().reveal()).isEqualTo("s3cret");
  }

  @Test
  void ask_ofAPipeWithASecretAlone_hasNoId() {
    assertThat(input("s3cret\n", null).ask(true).id()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "a\nb\nc"})
  void ask_ofSomethingElse_saysWhatIsWanted(String piped) {
    assertThatThrownBy(() -> input(piped, null).ask(false))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("one key");
  }

  @Test
  void ask_ofAPerson_asksForBothParts_andShowsNoSecret() {
    var asked = new StringBuilder();
    SecretInput.Given given = input("", person(asked)).ask(true);

    assertThat(asked).hasToString("[Key ID: ](Key Secret: )");
    assertThat(given.id()).isEqualTo("key_a");
    assertThat(given.credential()).hasToString("Credential[hidden]");
  }

  private static Terminal.Person person(StringBuilder asked) {
    return new Terminal.Person() {
      @Override
      public String line(String prompt) {
        asked.append('[').append(prompt).append(']');
        return "key_a";
      }

      @Override
      public String secret(String prompt) {
        asked.append('(').append(prompt).append(')');
        return "s3cret";
      }
    };
  }

  private static SecretInput input(String piped, Terminal.@Nullable Person person) {
    var nowhere = new PrintWriter(PrintWriter.nullWriter());
    var in = new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8));
    return new SecretInput(new Terminal(nowhere, nowhere, in, _ -> null, person));
  }
}
