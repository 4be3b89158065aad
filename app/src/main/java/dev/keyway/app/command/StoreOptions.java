package dev.keyway.app.command;

import dev.keyway.app.config.StoreForms;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.YamlFile;
import dev.keyway.store.postgres.PostgresSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say which store is meant, for commands that need nothing else of the settings.
 */
final class StoreOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "keyway-data",
      description = "Data folder of the server (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings (default: keyway.yaml in the data folder).")
  private @Nullable Path config;

  StorePlace place(Function<String, @Nullable String> environment) {
    return place(data, config, environment);
  }

  /** The place that the settings say, or those in the data folder if none are named. */
  static StorePlace place(
      Path data, @Nullable Path config, Function<String, @Nullable String> environment) {
    Path file = config == null ? data.resolve("keyway.yaml") : config;
    if (config == null && !Files.exists(file)) {
      return new StorePlace(data, null);
    }
    var references = new References(environment, file.resolveSibling(""));
    Optional<PostgresSettings> postgres =
        StoreForms.read(YamlFile.shown(file), YamlFile.text(file), references);
    return new StorePlace(data, postgres.orElse(null));
  }
}
