package dev.keyway.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
  @TempDir Path folder;

  private String read(String value) {
    var references = new References(Map.of("TOKEN", "t0p$1", "EMPTY", "")::get, folder);
    Form<String> form =
        Forms.section(fields -> {
          var read = fields.required("v", references.text());
          return read::get;
        });
    return YamlFile.read("f", "v: '" + value + "'", form);
  }

  @Test
  void text_withoutReference_isItself() {
    assertThat(read("plain $5 {x}")).isEqualTo("plain $5 {x}");
  }

  @Test
  void text_variable_isPutIn() {
    assertThat(read("Bearer ${env:TOKEN}!")).isEqualTo("Bearer t0p$1!");
  }

  @Test
  void text_file_isPutInWithoutItsLastLineBreak() throws Exception {
    Files.writeString(folder.resolve("token"), "from-file\n");
    assertThat(read("${file:token}")).isEqualTo("from-file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${env:NOPE}     | f:1: v: environment variable 'NOPE' is not set",
        "${env:EMPTY}    | f:1: v: ${env:EMPTY} is empty",
        "${file:nope}    | f:1: v: file 'nope' cannot be read",
        "${TOKEN}        | f:1: v: unknown reference '${TOKEN}'; write ${env:NAME} or ${file:PATH}",
        "${env:TOKEN     | f:1: v: a reference '${' is not closed with '}'",
      })
  void text_unresolvable(String value, String message) {
    assertThatThrownBy(() -> read(value)).hasMessage(message);
  }
}
