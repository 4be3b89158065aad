package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.profile.Profiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyway demo}: the server with the shipped profiles, sample upstreams and accounts. */
@Command(
    name = "demo",
    description = {
      "Run everything on this machine: four products, sample upstreams and accounts.",
      "",
      "Of a keyway.yaml in the data folder only the store counts."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Program program;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "keyway-demo",
      description = "Data folder; made if missing (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Mixin private final Ports ports = new Ports();

  public DemoCommand(Surroundings surroundings, Program program) {
    this.surroundings = surroundings;
    this.program = program;
  }

  @Override
  public Integer call() {
    StorePlace place = StoreOptions.place(data, null, surroundings.environment());
    Config settings = ports.in(Config.defaults()).withPostgres(place.postgres());
    try (var folder = DataFolder.open(data)) {
      return program.demo(
          new Start(folder.path(), settings, Profiles.shipped(), surroundings.out()));
    }
  }
}
