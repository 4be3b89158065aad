package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.ConfigReader;
import dev.keyway.app.config.UpstreamLoops;
import dev.keyway.app.log.LogSettings;
import dev.keyway.app.log.Logging;
import dev.keyway.app.profile.Profiles;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyway serve}: reads and checks everything, takes the data folder, and starts. */
@Command(
    name = "serve",
    description = {
      "Run the server.",
      "",
      "Reads the profiles of its products and keyway.yaml, which may be missing; docs/config.md"
          + " lists the settings."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  private final Surroundings surroundings;
  private final Program program;

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

  @Mixin private final Ports ports = new Ports();

  public ServeCommand(Surroundings surroundings, Program program) {
    this.surroundings = surroundings;
    this.program = program;
  }

  @Override
  public Integer call() {
    Profiles read = readProfiles();
    Path file = config == null ? data.resolve("keyway.yaml") : config;
    Config settings = ports.in(readConfig(file, read));
    Logging.apply(settings.log());
    Profiles placed = read.withAddresses(settings.upstreams());
    refuseLoops(settings, placed);
    warn(settings.warnings(), settings);
    try (var folder = DataFolder.open(data)) {
      warn(Exposure.of(folder.path(), file, settings), settings);
      return program.serve(new Start(folder.path(), settings, placed, surroundings.out()));
    }
  }

  /** For people a line as the other commands print it, for machines an event like any other. */
  private void warn(List<String> warnings, Config settings) {
    if (settings.log().format() == LogSettings.Format.JSON) {
      warnings.forEach(LOG::warn);
      return;
    }
    for (String warning : warnings) {
      surroundings.err().println("keyway: warning: " + warning);
    }
    surroundings.err().flush();
  }

  private static void refuseLoops(Config settings, Profiles placed) {
    List<String> loops = UpstreamLoops.of(settings, placed.products());
    if (!loops.isEmpty()) {
      throw new CommandFailedException(String.join("; ", loops));
    }
  }

  private Profiles readProfiles() {
    Path folder = profiles == null ? data.resolve("profiles") : profiles;
    if (Profiles.files(folder).isEmpty()) {
      throw new CommandFailedException(
          "no profile in %s; 'keyway init NAME' writes one to start from"
              .formatted(YamlFile.shown(folder)));
    }
    return Profiles.read(folder, surroundings.environment());
  }

  private Config readConfig(Path file, Profiles read) {
    if (config == null && !Files.exists(file)) {
      return Config.defaults();
    }
    var references = new References(surroundings.environment(), file.resolveSibling(""));
    return new ConfigReader(references, read.products())
        .read(YamlFile.shown(file), YamlFile.text(file));
  }
}
