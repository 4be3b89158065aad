package dev.keyway.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real server ({@code keyway serve}) on an empty folder, with profiles of a test's own. */
public final class ServedKeyway implements AutoCloseable {

  private final Path data;
  private final Program program;
  private final URI control;
  private final URI gateway;
  private final int extAuthzPort;

  private ServedKeyway(Path data, Program program, URI control, URI gateway, int extAuthzPort) {
    this.data = data;
    this.program = program;
    this.control = control;
    this.gateway = gateway;
    this.extAuthzPort = extAuthzPort;
  }

  /**
   * What a test adds to the settings: fields of the two listeners, each after a comma, and further
   * lines.
   */
  public record Settings(String control, String gateway, String more) {}

  /** Starts in a fresh folder with these profiles, given as file name and YAML text. */
  public static ServedKeyway start(Map<String, String> profiles, Map<String, String> environment) {
    Path data = RunningKeyway.temporaryFolder("keyway-serve");
    Path folder = data.resolve("profiles");
    profiles.forEach((name, yaml) -> write(folder.resolve(name), yaml));
    return start(data, "", environment);
  }

  /**
   * Starts in a folder that already holds its profiles; {@code more} is added to its {@code
   * keyway.yaml}.
   */
  public static ServedKeyway start(Path data, String more, Map<String, String> environment) {
    return start(data, new Settings("", "", more), environment);
  }

  /** Starts in a folder that already holds its profiles. */
  public static ServedKeyway start(Path data, Settings settings, Map<String, String> environment) {
    return start(data, settings, environment, null);
  }

  /** The same with classes that take the place of the program's own, if any are given. */
  public static ServedKeyway start(
      Path data, Settings settings, Map<String, String> environment, @Nullable Path classes) {
    URI control = URI.create("http://127.0.0.1:" + freePort());
    URI gateway = URI.create("http://127.0.0.1:" + freePort());
    int extAuthzPort = freePort();
    Path config = data.resolve("keyway.yaml");
    write(config, configuration(control, gateway, extAuthzPort, settings));
    String[] command = {"serve", "--config", config.toString(), "--data", data.toString()};
    Program program =
        classes == null
            ? Program.start(data, environment, command)
            : Program.startPatched(classes, data, environment, command);
    ServedKeyway keyway = new ServedKeyway(data, program, control, gateway, extAuthzPort);
    program.awaitControl(control);
    return keyway;
  }

  private static String configuration(
      URI control, URI gateway, int extAuthzPort, Settings settings) {
    return """
    control: {listen: "%1$s", public-url: "http://%1$s"%3$s}
    gateway: {listen: "%2$s", public-url: "http://%2$s"%4$s}
    ext-authz: {listen: "127.0.0.1:%6$d"}
    %5$s\
    """
        .formatted(
            control.getAuthority(),
            gateway.getAuthority(),
            settings.control(),
            settings.gateway(),
            settings.more(),
            extAuthzPort);
  }

  /** The management API, called with the operator key that the first start wrote. */
  public Api operator() {
    return anonymous().bearer(operatorKey());
  }

  /** The operator key that the first start wrote. */
  public String operatorKey() {
    try {
      return Files.readString(data.resolve("operator-key")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Api anonymous() {
    return Api.anonymous(control);
  }

  public Door door() {
    return new Door(gateway);
  }

  public Tenants tenants() {
    return new Tenants(operator());
  }

  public URI gateway() {
    return gateway;
  }

  /** Envoy's place before it. */
  public EnvoyDoor envoy() {
    return new EnvoyDoor("127.0.0.1:" + extAuthzPort);
  }

  public URI control() {
    return control;
  }

  /** The folder it keeps its data in. */
  public Path data() {
    return data;
  }

  /** The program itself, for what a test does to its process. */
  public Program program() {
    return program;
  }

  /** Kills the program and starts it again, on the same folder and at the same addresses. */
  public ServedKeyway killAndStartAgain() {
    program.kill();
    Path config = data.resolve("keyway.yaml");
    Program again =
        Program.start(
            data, Map.of(), "serve", "--config", config.toString(), "--data", data.toString());
    ServedKeyway keyway = new ServedKeyway(data, again, control, gateway, extAuthzPort);
    again.awaitControl(control);
    return keyway;
  }

  /** Everything it printed so far. */
  public String output() {
    return program.output();
  }

  @Override
  public void close() {
    program.close();
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
