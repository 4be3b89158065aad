package dev.keyway.cli.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line keeps its files: {@code $XDG_CONFIG_HOME/keyway} where that is set (XDG
 * Base Directory Specification), else the place that the system has for such files.
 */
public final class Directories {
  private Directories() {}

  /** The folder, which need not exist. */
  public static Path config(Function<String, @Nullable String> environment) {
    return config(
        environment, System.getProperty("os.name", ""), System.getProperty("user.home", ""));
  }

  static Path config(Function<String, @Nullable String> environment, String system, String home) {
    // The specification says that a relative path is to be taken for none.
    Path asked = absolute(environment.apply("XDG_CONFIG_HOME"));
    return (asked == null
            ? usual(environment, system.toLowerCase(Locale.ROOT), Path.of(home))
            : asked)
        .resolve("keyway");
  }

  private static Path usual(
      Function<String, @Nullable String> environment, String system, Path home) {
    if (system.startsWith("windows")) {
      Path data = absolute(environment.apply("APPDATA"));
      return data == null ? home.resolve("AppData").resolve("Roaming") : data;
    }
    return system.startsWith("mac")
        ? home.resolve("Library").resolve("Application Support")
        : home.resolve(".config");
  }

  private static @Nullable Path absolute(@Nullable String path) {
    return path == null || path.isBlank() || !Path.of(path).isAbsolute() ? null : Path.of(path);
  }
}
