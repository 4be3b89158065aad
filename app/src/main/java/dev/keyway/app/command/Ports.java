package dev.keyway.app.command;

import dev.keyway.app.config.Config;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that replace the ports of the listeners. */
final class Ports {
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

  @Option(
      names = "--ext-authz-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description =
          "Port that Envoy asks (default: 7702, or a free one where the gateway is not at 7701; 0"
              + " picks a free one).")
  private @Nullable Integer extAuthzPort;

  /** The settings with the ports asked for. */
  Config in(Config settings) {
    return settings.withPorts(port, gatewayPort, extAuthzPort);
  }
}
