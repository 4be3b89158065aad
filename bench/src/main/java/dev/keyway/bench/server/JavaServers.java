package dev.keyway.bench.server;

import dev.keyway.bench.BenchException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the Java contenders, all with the same options of the Java machine. */
public final class JavaServers {
  /** The launcher's options, and a heap that does not depend on the machine's memory. */
  public static final List<String> OPTIONS =
      List.of(
          "-Xmx1g",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError");

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Path folder;

  /** Servers whose logs and captured answers are put in a folder. */
  public JavaServers(Path folder) {
    this.folder = folder;
  }

  /** Starts {@code serve} of the real program on a data folder and waits until it listens. */
  public ServerProcess startKeyway(Path jar, Path data, Path configuration, List<Integer> ports) {
    ServerProcess server = launchKeyway(jar, data, configuration, List.of());
    ports.forEach(server::awaitPort);
    return server;
  }

  /** Starts it with further options of the Java machine and does not wait. */
  public ServerProcess launchKeyway(Path jar, Path data, Path configuration, List<String> options) {
    var command = new ArrayList<>(List.of(JAVA));
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(
        List.of(
            "-jar",
            jar.toString(),
            "serve",
            "--data",
            data.toString(),
            "--config",
            configuration.toString()));
    return ServerProcess.start("keyway", command, folder.resolve("keyway.log"));
  }

  /** Starts a {@link ReferenceServer} that answers as another server did. */
  public ServerProcess startReference(
      String name, int port, RawAnswer answer, Certificate certificate) {
    Path file = folder.resolve(name + ".answer");
    try {
      Files.write(file, answer.bytes());
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e.getMessage(), e);
    }
    var arguments = new ArrayList<>(List.of(String.valueOf(port), file.toString()));
    if (certificate.isPresent()) {
      arguments.add(certificate.certificate().toString());
      arguments.add(certificate.key().toString());
    }
    // Under java -jar the jar, whose manifest names the libraries beside it.
    String classPath = System.getProperty("java.class.path");
    var server =
        ServerProcess.start(
            name,
            command(classPath, ReferenceServer.class.getName(), arguments),
            folder.resolve(name + ".log"));
    server.awaitPort(port);
    return server;
  }

  /** The command that runs a class with the options of all contenders. */
  public static List<String> command(String classPath, String mainClass, List<String> arguments) {
    var command = new ArrayList<>(List.of(JAVA));
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }

  /** The jar of the benchmarks. */
  public static Path ownJar() {
    try {
      return Path.of(JavaServers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a jar without an address", e);
    }
  }
}
