package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.profile.Profiles;
import java.util.concurrent.Callable;
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
    for (String warning : settings.warnings()) {
      surroundings.err().println("keyway: warning: " + warning);
    }
    surroundings.err().flush();
    try (var folder = DataFolder.open(installation.data())) {
      Profiles placed = read.withAddresses(settings.upstreams());
      return program.serve(new Start(folder.path(), settings, placed, surroundings.out()));
    }
  }
}
