package dev.keyway.bench.server;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts HAProxy with a map of the same keys, which answers by itself. */
public final class HaProxy {
  private HaProxy() {}

  /**
   * Starts it.
   *
   * @param map lines {@code KEY KEY_ID}
   */
  public static ServerProcess start(String program, Path folder, int port, Path map) {
    Path configuration = folder.resolve("haproxy.cfg");
    try {
      Files.writeString(
          configuration,
          Template.read("haproxy.cfg")
              .fill(
                  Map.of(
                      "@PORT@", String.valueOf(port),
                      "@MAP@", map.toString(),
                      "@THREADS@", String.valueOf(Runtime.getRuntime().availableProcessors()))));
    } catch (IOException e) {
      throw new BenchException("cannot write " + configuration + ": " + e.getMessage(), e);
    }
    var server =
        ServerProcess.start(
            "haproxy",
            List.of(program, "-f", configuration.toString()),
            folder.resolve("haproxy.log"));
    server.awaitPort(port);
    return server;
  }
}
