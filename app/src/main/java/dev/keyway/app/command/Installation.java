package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.ConfigReader;
import dev.keyway.app.profile.Profiles;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where an installation is, and what is read from there. */
final class Installation {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "keyway-data",
      description = "Data folder; made if missing (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--profiles",
      paramLabel = "DIR",
      description = "Folder of the profiles (default: profiles in the data folder).")
  private @Nullable Path profiles;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings (default: keyway.yaml in the data folder).")
  private @Nullable Path config;

  Path data() {
    return data;
  }

  /** Where its settings are, if there are any. */
  Path configFile() {
    return config == null ? data.resolve("keyway.yaml") : config;
  }

  /**
   * The profiles of its products.
   *
   * @throws CommandFailedException when there is none
   */
  Profiles readProfiles(Function<String, @Nullable String> environment) {
    Path folder = profiles == null ? data.resolve("profiles") : profiles;
    if (Profiles.files(folder).isEmpty()) {
      throw new CommandFailedException(
          "no profile in %s; 'keyway init NAME' writes one to start from"
              .formatted(YamlFile.shown(folder)));
    }
    return Profiles.read(folder, environment);
  }

  /** Its settings; the defaults where there is no file of the usual name. */
  Config readConfig(Profiles read, Function<String, @Nullable String> environment) {
    Path file = configFile();
    if (config == null && !Files.exists(file)) {
      return Config.defaults();
    }
    var references = new References(environment, file.resolveSibling(""));
    return new ConfigReader(references, read.products())
        .read(YamlFile.shown(file), YamlFile.text(file));
  }
}
