package dev.keyway.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
  private static final Form<Map<String, String>> ANY =
      Forms.mapOf((node, _) -> ((YamlNode.Scalar) node).text(), _ -> Forms.TEXT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: x\\na: y                | f:2: field 'a' is given twice, first in line 1",
        "a: &n x\\nb: *n            | f:2: aliases (*name) are not supported; write the value out",
        "a: !!int x                 | f:1: tags (!name) are not supported",
        "a: x\\n---\\nb: y          | f:3: a file holds one document; take out the line '---'",
        "a: x\\nb: [                | f:2: this is not YAML: expected the node content, but found '<stream end>'",
        "- a                        | f:1: the file must be a mapping of fields, such as 'name: value'",
        "a: 7                       | f:1: a: must be text; write \"7\" in quotes",
        "a: true                    | f:1: a: must be text; write \"true\" in quotes",
        "a: ''                      | f:1: a: must not be blank, not ''",
        "a: [x]                     | f:1: a: must be text, not a list",
        "a: {b: c}                  | f:1: a: must be text, not a mapping",
      })
  void read_mistaken(String text, String message) {
    assertThatThrownBy(() -> YamlFile.read("f", text.replace("\\n", "\n"), ANY))
        .isInstanceOf(MistakesException.class)
        .hasMessage(message);
  }

  @Test
  void read_brokenNearSecret_doesNotQuoteIt() {
    assertThatThrownBy(() -> YamlFile.read("f", "a: \"s3cret-canary\n b: [", ANY))
        .isInstanceOf(MistakesException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void read_severalMistakes_namesAllInOrder() {
    assertThatThrownBy(() -> YamlFile.read("f", "a: 1\nb: x\nc: 2\n", ANY))
        .hasMessage(
            """
            f:1: a: must be text; write "1" in quotes
            f:3: c: must be text; write "2" in quotes\
            """);
  }

  @Test
  void read_controlCharacters_reachNoTerminal() {
    Form<Integer> number = Forms.number(1, 9);
    assertThatThrownBy(
            () -> YamlFile.read("f", "a: \"x\\n\\e[2J\"", Forms.mapOf(Forms.TEXT, _ -> number)))
        .hasMessage("f:1: a: must be a whole number from 1 to 9, not 'x\uFFFD\uFFFD[2J'");
  }

  @Test
  void read_onlyComments_isEmpty() {
    assertThat(YamlFile.read("f", "# nothing yet\n", ANY)).isEmpty();
  }

  @Test
  void text_notUtf8(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("a.yaml"), "ä".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> YamlFile.text(file)).hasMessage(file + ": is not UTF-8 text");
  }

  @Test
  void text_missing(@TempDir Path folder) {
    Path file = folder.resolve("a.yaml");
    assertThatThrownBy(() -> YamlFile.text(file)).hasMessage(file + ": cannot be read");
  }

  @Test
  void listOf_reportsEveryItem() {
    Form<List<Integer>> numbers = Forms.listOf(Forms.number(1, 9));
    Form<Map<String, List<Integer>>> form =
        Forms.mapOf((node, _) -> ((YamlNode.Scalar) node).text(), _ -> numbers);
    assertThatThrownBy(() -> YamlFile.read("f", "a:\n- 1\n- 10\n- x\n", form))
        .hasMessage(
            """
            f:3: a[1]: must be a whole number from 1 to 9, not '10'
            f:4: a[2]: must be a whole number from 1 to 9, not 'x'\
            """);
    assertThat(YamlFile.read("f", "a: [1, 2]", form)).containsEntry("a", List.of(1, 2));
  }
}
