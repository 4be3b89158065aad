package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.UpstreamLoops;
import dev.keyway.app.log.LogSettings;
import dev.keyway.app.log.Logging;
import dev.keyway.app.profile.Profiles;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private final Installation installation = new Installation();

  @Mixin private final Ports ports = new Ports();

  public ServeCommand(Surroundings surroundings, Program program) {
    this.surroundings = surroundings;
    this.program = program;
  }

  @Override
  public Integer call() {
    Profiles read = installation.readProfiles(surroundings.environment());
    Config settings = ports.in(installation.readConfig(read, surroundings.environment()));
    Logging.apply(settings.log());
    Profiles placed = read.withAddresses(settings.upstreams());
    refuseLoops(settings, placed);
    warn(settings.warnings(), settings);
    try (var folder = DataFolder.open(installation.data())) {
      warn(Exposure.of(folder.path(), installation.configFile(), settings), settings);
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
}
