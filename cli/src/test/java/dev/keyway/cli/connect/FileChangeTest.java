package dev.keyway.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyway.cli.CliException;
import dev.keyway.cli.OutputOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileChangeTest {
  private static final String SERVER =
      "{\"mcpServers\":{\"acme\":{\"url\":\"https://a\",\"env\":{}}}}";

  @TempDir Path folder;
  private Path path = Path.of("");

  @BeforeEach
  void name() {
    path = folder.resolve("mcp.json");
  }

  @Test
  void write_ofAFileThatIsNotThere_makesItAndNoCopy() throws IOException {
    FileChange change = FileChange.of(json(SERVER), path);

    assertThat(change.write()).isNull();
    assertThat(tree(path)).isEqualTo(tree(SERVER));
    assertThat(change.diff()).contains("--- /dev/null").anyMatch(line -> line.startsWith("+"));
  }

  @Test
  void write_keepsTheOthersAndACopyOfWhatWasThere() throws IOException {
    String before = "{\"theme\":\"dark\",\"mcpServers\":{\"other\":{\"url\":\"https://b\"}}}";
    Files.writeString(path, before);

    Path copy = FileChange.of(json(SERVER), path).write();

    assertThat(copy).isNotNull().hasContent(before).hasFileName("mcp.json.keyway-backup");
    assertThat(tree(path).at("/theme").asText()).isEqualTo("dark");
    assertThat(tree(path).at("/mcpServers/other/url").asText()).isEqualTo("https://b");
    assertThat(tree(path).at("/mcpServers/acme/url").asText()).isEqualTo("https://a");
    assertThat(FileChange.of(json(SERVER), path).isNothing()).isTrue();
  }

  @Test
  void write_ofAServerThatIsThere_replacesAllOfIt_andASecondCopyHasItsOwnName() throws IOException {
    Files.writeString(
        path, "{\"mcpServers\":{\"acme\":{\"url\":\"https://old\",\"token\":\"x\"}}}");
    FileChange.of(json(SERVER), path).write();
    Path copy =
        FileChange.of(json("{\"mcpServers\":{\"acme\":{\"url\":\"https://c\"}}}"), path).write();

    assertThat(tree(path).at("/mcpServers/acme")).isEqualTo(tree("{\"url\":\"https://c\"}"));
    assertThat(copy).hasFileName("mcp.json.keyway-backup-2");
  }

  @Test
  void of_aFileWithComments_refusesAndLosesNothing() throws IOException {
    Files.writeString(path, "{\n  // mine\n  \"mcpServers\": {}\n}");

    assertThatThrownBy(() -> FileChange.of(json(SERVER), path))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("by hand");
    assertThat(Files.readString(path)).contains("// mine");
  }

  @Test
  void of_aFileThatWouldBeReadOtherwise_refuses() throws IOException {
    for (String text : new String[] {"{}\n// mine", "{\"a\":1,\"a\":2}", "{\"mcpServers\":[]}"}) {
      Files.writeString(path, text);
      assertThatThrownBy(() -> FileChange.of(json(SERVER), path)).hasMessageContaining("by hand");
    }
  }

  @Test
  void write_ofALists_replacesWhatHasTheSameIdAndKeepsTheRest() throws IOException {
    Files.writeString(path, "{\"inputs\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"n\":1.10}");

    FileChange.of(json("{\"inputs\":[{\"id\":\"b\",\"password\":true},{\"id\":\"c\"}]}"), path)
        .write();

    assertThat(tree(path).path("inputs"))
        .isEqualTo(tree("[{\"id\":\"a\"},{\"id\":\"b\",\"password\":true},{\"id\":\"c\"}]"));
    assertThat(path).content().contains("1.10");
  }

  @Test
  void masked_showsNoSecretOfAnybody() {
    assertThat(FileChange.masked("+  \"Authorization\": \"Bearer abc\""))
        .isEqualTo("+  \"Authorization\": …");
    assertThat(FileChange.masked("-  \"GITHUB_TOKEN\": \"x\",")).doesNotContain("x\"");
    assertThat(FileChange.masked("   url=https://h/?apikey=" + "a".repeat(70)))
        .doesNotContain("a".repeat(20));
    assertThat(FileChange.masked("   \"url\": \"https://h\"")).contains("https://h");
  }

  @Test
  void write_afterTheFileHasChanged_refuses() throws IOException {
    Files.writeString(path, "{}");
    FileChange change = FileChange.of(json(SERVER), path);
    Files.writeString(path, "{\"theme\":\"dark\"}");

    assertThatThrownBy(change::write).hasMessageContaining("changed meanwhile");
    assertThat(path).hasContent("{\"theme\":\"dark\"}");
  }

  @Test
  void write_throughALink_leavesTheLink() throws IOException {
    Path real = Files.writeString(folder.resolve("dotfiles.json"), "{}");
    Files.createSymbolicLink(path, real);

    FileChange.of(json(SERVER), path).write();

    assertThat(path).isSymbolicLink();
    assertThat(tree(real)).isEqualTo(tree(SERVER));
  }

  @Test
  void writeForOwner_isForItsOwnerAlone() throws IOException {
    Files.writeString(path, "{}");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

    FileChange.of(json(SERVER), path).write();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-r--r--");
    FileChange.of(json(SERVER.replace("//a", "//b")), path).writeForOwner();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void write_ofToml_appends_andNeverTwice() throws IOException {
    path = folder.resolve("config.toml");
    Files.writeString(path, "model = \"x\"");
    Step step =
        new Step(
            "",
            "toml",
            "config.toml",
            "[mcp_servers.acme]\nurl = \"https://a\"",
            null,
            false,
            null);

    FileChange.of(step, path).write();

    assertThat(Files.readString(path))
        .isEqualTo("model = \"x\"\n\n[mcp_servers.acme]\nurl = \"https://a\"\n");
    assertThatThrownBy(() -> FileChange.of(step, path)).hasMessageContaining("there already");
  }

  private static Step json(String text) throws IOException {
    JsonNode json = tree(text);
    return new Step("", "json", "mcp.json", OutputOptions.pretty(json), json, false, null);
  }

  private static JsonNode tree(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static JsonNode tree(Path file) throws IOException {
    return tree(Files.readString(file));
  }
}
