package dev.keyway.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DirectoriesTest {
  @Test
  void config_isWhereTheSystemHasIt() {
    assertThat(Directories.config(Map.<String, String>of()::get, "Linux", "/home/ann"))
        .isEqualTo(Path.of("/home/ann/.config/keyway"));
    assertThat(Directories.config(Map.<String, String>of()::get, "Mac OS X", "/Users/ann"))
        .isEqualTo(Path.of("/Users/ann/Library/Application Support/keyway"));
    assertThat(Directories.config(Map.<String, String>of()::get, "Windows 11", "/u/ann"))
        .isEqualTo(Path.of("/u/ann/AppData/Roaming/keyway"));
  }

  @Test
  void config_followsXdg_butNotToARelativePlace() {
    assertThat(Directories.config(Map.of("XDG_CONFIG_HOME", "/x")::get, "Mac OS X", "/Users/ann"))
        .isEqualTo(Path.of("/x/keyway"));
    assertThat(Directories.config(Map.of("XDG_CONFIG_HOME", "x")::get, "Linux", "/home/ann"))
        .isEqualTo(Path.of("/home/ann/.config/keyway"));
  }
}
