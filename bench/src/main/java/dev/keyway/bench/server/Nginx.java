package dev.keyway.bench.server;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts nginx as the upstream of all contenders, and as a contender. */
public final class Nginx {
  private final String program;
  private final Path folder;

  /**
   * Nginx from a program.
   *
   * @param folder for its configuration and temporary files
   */
  public Nginx(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Starts the trivial upstream, with one worker. */
  public ServerProcess startOrigin(int port) {
    return start("origin", port, Map.of());
  }

  /**
   * Starts the peer: a proxy with a static map, and as many workers as there are cores.
   *
   * @param map lines {@code "Bearer KEY" KEY_ID;}
   */
  public ServerProcess startProxy(int port, int originPort, Path map) {
    int cores = Runtime.getRuntime().availableProcessors();
    return start(
        "proxy",
        port,
        Map.of(
            "@ORIGIN@", String.valueOf(originPort),
            "@MAP@", map.toString(),
            "@WORKERS@", String.valueOf(cores)));
  }

  private ServerProcess start(String name, int port, Map<String, String> values) {
    Path configuration = folder.resolve(name + ".conf");
    String text =
        template(name + ".conf")
            .replace("@PORT@", String.valueOf(port))
            .replace("@FOLDER@", folder.toString());
    for (var value : values.entrySet()) {
      text = text.replace(value.getKey(), value.getValue());
    }
    try {
      Files.writeString(configuration, text);
    } catch (IOException e) {
      throw new BenchException("cannot write " + configuration + ": " + e.getMessage(), e);
    }
    var server =
        ServerProcess.start(
            "nginx (" + name + ")",
            List.of(
                program, "-p", folder.toString(), "-e", "stderr", "-c", configuration.toString()),
            folder.resolve("nginx-" + name + ".log"));
    server.awaitPort(port);
    return server;
  }

  private static String template(String name) {
    try (InputStream text = Nginx.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(name + " is missing in the jar");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BenchException("cannot read " + name, e);
    }
  }
}
