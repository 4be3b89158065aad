package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.ConfigReader;
import dev.keyway.app.profile.Profiles;
import dev.keyway.app.yaml.References;
import dev.keyway.app.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Port of the control listener (default: 7700; 0 picks a free one).")
  private @Nullable Integer port;

  @Option(
      names = "--gateway-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Port of the gateway (default: 7701; 0 picks a free one).")
  private @Nullable Integer gatewayPort;

  public ServeCommand(Surroundings surroundings, Program program) {
    this.surroundings = surroundings;
    this.program = program;
  }

  @Override
  public Integer call() {
    Profiles read = readProfiles();
    Config settings = readConfig(read).withPorts(port, gatewayPort);
    for (String warning : settings.warnings()) {
      surroundings.err().println("keyway: warning: " + warning);
    }
    surroundings.err().flush();
    try (var folder = DataFolder.open(data)) {
      Profiles placed = read.withAddresses(settings.upstreams());
      return program.serve(new Start(folder.path(), settings, placed, surroundings.out()));
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

  private Config readConfig(Profiles read) {
    Path file = config == null ? data.resolve("keyway.yaml") : config;
    if (config == null && !Files.exists(file)) {
      return Config.defaults();
    }
    var references = new References(surroundings.environment(), file.resolveSibling(""));
    return new ConfigReader(references, read.products())
        .read(YamlFile.shown(file), YamlFile.text(file));
  }
}
