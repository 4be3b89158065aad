package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import dev.keyway.app.profile.Profiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keyway demo}: the server with the shipped profiles, sample upstreams and accounts. */
@Command(
    name = "demo",
    description = "Run everything on this machine: four products, sample upstreams and accounts.")
public final class DemoCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Program program;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "keyway-demo",
      description = "Data folder; made if missing (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

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

  public DemoCommand(Surroundings surroundings, Program program) {
    this.surroundings = surroundings;
    this.program = program;
  }

  @Override
  public Integer call() {
    Config settings = Config.defaults().withPorts(port, gatewayPort);
    try (var folder = DataFolder.open(data)) {
      return program.demo(
          new Start(folder.path(), settings, Profiles.shipped(), surroundings.out()));
    }
  }
}
