package dev.keyway.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.cli.CliException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfilesFileTest {
  @TempDir Path folder;

  @Test
  void in_aFolderWithoutFile_hasTheDefault() {
    ProfilesFile file = ProfilesFile.in(folder.resolve("none"));

    assertThat(file.current()).isEqualTo(Profile.DEFAULT);
    assertThat(file.profiles()).isEmpty();
  }

  @Test
  void save_keepsEverything_forItsOwnerAlone() throws IOException {
    var work = new Profile("work", URI.create("https://keys.example.com"), "key_x", "memo", false);
    var home = new Profile("home", URI.create("http://10.0.0.7:7700"), null, null, true);
    ProfilesFile file = ProfilesFile.in(folder.resolve("keyway"));
    file.put(work);
    file.put(home);
    file.use("work");
    file.save();

    ProfilesFile read = ProfilesFile.in(folder.resolve("keyway"));
    assertThat(read.profiles()).containsEntry("work", work).containsEntry("home", home);
    assertThat(read.current()).isEqualTo("work");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(read.path())))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder.resolve("keyway"))) {
      assertThat(files).containsExactly(read.path());
    }
  }

  @Test
  void in_aFileWithAMistake_saysWhereItIs() throws IOException {
    Path path = folder.resolve("config.toml");
    Files.writeString(path, "[profiles.a]\nserver = \"https://a\"\nsecret = \"x\"\n");
    assertThatThrownBy(() -> ProfilesFile.in(folder))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("unknown field 'secret'");

    Files.writeString(path, "[profiles.a]\nserver = \n");
    assertThatThrownBy(() -> ProfilesFile.in(folder)).hasMessageContaining("line 2");
  }
}
