package dev.keyway.bench.keyway;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.load.RequestForm;
import dev.keyway.bench.server.Certificate;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.server.ServerProcess;
import dev.keyway.bench.server.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real program with a data folder of its own, on ports of its own. */
public final class KeywayFolder {
  /** The product's name in {@code bench.yaml}. */
  public static final String PRODUCT = "bench";

  /** What the load asks the upstream for. */
  private static final String PATH = "/v1/transcriptions";

  /** The keys of the load were never used, and all of it comes from one address: nobody's flood. */
  public static final String NO_FLOOD =
      "flood: {unknown-per-address: 1000000, unknown-total: 1000000}\n";

  private final Path data;
  private final Path configuration;
  private final Certificate certificate;
  private final int controlPort = ServerProcess.freePort();
  private final int gatewayPort = ServerProcess.freePort();

  /** A folder whose bounds for floods are out of the load's way. */
  public KeywayFolder(Path folder, int originPort) {
    this(folder, originPort, Certificate.none(), NO_FLOOD);
  }

  /**
   * Writes the profile and the configuration; the program makes the rest at its first start.
   *
   * @param settings further lines of the configuration
   */
  public KeywayFolder(Path folder, int originPort, Certificate certificate, String settings) {
    this.data = folder.resolve("keyway");
    this.configuration = folder.resolve("keyway.yaml");
    this.certificate = certificate;
    try {
      Path profiles = Files.createDirectories(data.resolve("profiles"));
      Files.writeString(
          profiles.resolve("bench.yaml"),
          Template.read(KeywayFolder.class, "bench.yaml")
              .fill(Map.of("@ORIGIN@", String.valueOf(originPort))));
    } catch (IOException e) {
      throw new BenchException("cannot write a profile: " + e.getMessage(), e);
    }
    configure(settings);
  }

  /** Writes the configuration anew, for the next start. */
  public void configure(String settings) {
    String text =
        Template.read(KeywayFolder.class, "keyway.yaml")
            .fill(
                Map.of(
                    "@CONTROL@", String.valueOf(controlPort),
                    "@GATEWAY@", String.valueOf(gatewayPort),
                    "@TLS@", certificate.yaml()));
    try {
      Files.writeString(configuration, text + settings);
    } catch (IOException e) {
      throw new BenchException("cannot write the configuration: " + e.getMessage(), e);
    }
  }

  public Path data() {
    return data;
  }

  public ServerProcess start(JavaServers servers, Path jar) {
    return servers.startKeyway(jar, data, configuration, List.of(controlPort, gatewayPort));
  }

  /** Starts it with further options of the Java machine and does not wait. */
  public ServerProcess launch(JavaServers servers, Path jar, List<String> options) {
    return servers.launchKeyway(jar, data, configuration, options);
  }

  /** The management API under the operator key that the first start wrote. */
  public ManagementApi managementApi() {
    return new ManagementApi(
        certificate.address(controlPort, ""), operatorKey(), certificate.context());
  }

  private String operatorKey() {
    try {
      return Files.readString(data.resolve("operator-key")).strip();
    } catch (IOException e) {
      throw new BenchException("no operator key after the first start: " + e.getMessage(), e);
    }
  }

  /** Whether the management API can be called: the operator key is written before it listens. */
  public boolean isListening() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** What the load asks the gateway for: the product's route, behind which the upstream answers. */
  public URI target() {
    return target(gatewayPort, certificate);
  }

  /** The same path on another server. */
  public static URI target(int port, Certificate certificate) {
    return certificate.address(port, "/" + PRODUCT + PATH);
  }

  /** Where a reverse proxy asks about a request. */
  public URI forwardAuth() {
    return forwardAuth(controlPort, certificate);
  }

  /** The same path on another server. */
  public static URI forwardAuth(int port, Certificate certificate) {
    return certificate.address(port, "/authz/" + PRODUCT);
  }

  /** How a reverse proxy asks about a request. */
  public static RequestForm forwardAuthForm() {
    return RequestForm.bearer().with("X-Forwarded-Method", "GET").with("X-Forwarded-Uri", PATH);
  }

  /** Where a backend asks about a key. */
  public URI verifyApi() {
    return certificate.address(controlPort, "/v1/keys/verify");
  }

  /** How a backend asks about a key. */
  public RequestForm verifyApiForm() {
    return new RequestForm(
        "POST",
        List.of("Authorization: Bearer " + operatorKey(), "Content-Type: application/json"),
        "{\"key\":\"%s\",\"product\":\"%s\"}".formatted(RequestForm.KEY, PRODUCT));
  }
}
