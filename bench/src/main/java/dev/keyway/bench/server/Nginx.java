package dev.keyway.bench.server;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts nginx as the upstream of all contenders, and as a contender. */
public final class Nginx {
  private final String program;
  private final Path folder;
  private final Certificate certificate;

  /**
   * Nginx from a program.
   *
   * @param folder for its configuration and temporary files
   */
  public Nginx(String program, Path folder, Certificate certificate) {
    this.program = program;
    this.folder = folder;
    this.certificate = certificate;
  }

  /** Starts the trivial upstream, with one worker, in plain HTTP. */
  public ServerProcess startOrigin(int port) {
    return start("origin", port, Map.of());
  }

  /**
   * Starts the peer of the gateway: a proxy with a static map.
   *
   * @param map lines {@code "Bearer KEY" KEY_ID;}
   */
  public ServerProcess startProxy(int port, int originPort, Path map) {
    return start("proxy", port, Map.of("@ORIGIN@", String.valueOf(originPort), "@MAP@", text(map)));
  }

  /**
   * Starts the peer of forward-auth, which answers by itself what another server answered; its own
   * {@code Server} and {@code Date} come on top.
   */
  public ServerProcess startStatic(int port, Path map, RawAnswer allowed, RawAnswer refused) {
    var values = new HashMap<String, String>();
    values.put("@MAP@", text(map));
    values.put("@ALLOWED@", headers(allowed));
    values.put("@REFUSED@", headers(refused));
    values.put("@BODY@", quoted(new String(refused.body(), StandardCharsets.UTF_8)));
    values.put("@TYPE@", type(refused));
    return start("static", port, values);
  }

  private static String headers(RawAnswer answer) {
    return answer.headers().stream()
        .filter(header -> !isNginxsOwn(header.name()))
        .map(header ->
            // Whose key it was comes out of the map, as Keyway finds it in its memory.
            header.name().equalsIgnoreCase("keyway-key-id")
                ? "add_header Keyway-Key-Id $key_id always;"
                : "add_header %s %s always;".formatted(header.name(), quoted(header.value())))
        .collect(Collectors.joining("\n      "));
  }

  private static boolean isNginxsOwn(String header) {
    return List.of("content-length", "content-type", "connection", "date", "server")
        .contains(header.toLowerCase(Locale.ROOT));
  }

  private static String type(RawAnswer answer) {
    return answer.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase("content-type"))
        .map(RawAnswer.Header::value)
        .findFirst()
        .orElse("text/plain");
  }

  /** A string of nginx's configuration; a dollar would begin a variable, and none is expected. */
  static String quoted(String text) {
    if (text.contains("$")) {
      throw new BenchException("nginx cannot answer a text with a dollar");
    }
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String text(Path path) {
    return path.toString();
  }

  private ServerProcess start(String name, int port, Map<String, String> values) {
    boolean origin = name.equals("origin");
    var all = new HashMap<>(values);
    all.put("@PORT@", port + (certificate.isPresent() && !origin ? " ssl" : ""));
    all.put(
        "@TLS@",
        certificate.line("ssl_certificate @CERTIFICATE@;\n    ssl_certificate_key @KEY@;"));
    all.put("@NAME@", name);
    all.put("@FOLDER@", folder.toString());
    all.put("@WORKERS@", String.valueOf(Runtime.getRuntime().availableProcessors()));
    Path configuration = folder.resolve("nginx-" + name + ".conf");
    try {
      Files.writeString(configuration, Template.read("nginx-" + name + ".conf").fill(all));
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
}
