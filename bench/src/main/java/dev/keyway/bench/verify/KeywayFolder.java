package dev.keyway.bench.verify;

import dev.keyway.bench.BenchException;
import dev.keyway.bench.server.JavaServers;
import dev.keyway.bench.server.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real program with a data folder of its own, on ports of its own. */
public final class KeywayFolder {
  /** The product's name in {@code bench.yaml}. */
  public static final String PRODUCT = "bench";

  private final Path data;
  private final Path configuration;
  private final int controlPort = ServerProcess.freePort();
  private final int gatewayPort = ServerProcess.freePort();

  /** Writes the profile and the configuration; the program makes the rest at its first start. */
  public KeywayFolder(Path folder, int originPort) {
    this.data = folder.resolve("keyway");
    this.configuration = folder.resolve("keyway.yaml");
    try {
      Path profiles = Files.createDirectories(data.resolve("profiles"));
      Files.writeString(
          profiles.resolve("bench.yaml"),
          resource("bench.yaml").replace("@ORIGIN@", String.valueOf(originPort)));
      Files.writeString(
          configuration,
          resource("keyway.yaml")
              .replace("@CONTROL@", String.valueOf(controlPort))
              .replace("@GATEWAY@", String.valueOf(gatewayPort)));
    } catch (IOException e) {
      throw new BenchException("cannot write a profile: " + e.getMessage(), e);
    }
  }

  ServerProcess start(JavaServers servers, Path jar) {
    return servers.startKeyway(jar, data, configuration, List.of(controlPort, gatewayPort));
  }

  /** Starts it with further options of the Java machine and does not wait. */
  public ServerProcess launch(JavaServers servers, Path jar, List<String> options) {
    return servers.launchKeyway(jar, data, configuration, options);
  }

  /** The management API under the operator key that the first start wrote. */
  public ManagementApi managementApi() {
    try {
      String operatorKey = Files.readString(data.resolve("operator-key")).strip();
      return new ManagementApi(URI.create("http://127.0.0.1:" + controlPort), operatorKey);
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

  /** What the load asks for: the product's route, behind which the upstream answers. */
  public URI target() {
    return target(gatewayPort);
  }

  /** The same path on another server. */
  static URI target(int port) {
    return URI.create("http://127.0.0.1:" + port + "/" + PRODUCT + "/v1/transcriptions");
  }

  private static String resource(String name) {
    try (InputStream text = KeywayFolder.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(name + " is missing in the jar");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BenchException("cannot read " + name, e);
    }
  }
}
