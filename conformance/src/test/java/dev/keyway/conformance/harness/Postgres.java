package dev.keyway.conformance.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of this machine's own package on loopback, with one empty database. */
public final class Postgres {
  private static final String USER = "postgres";

  private final Path data;
  private final int port;

  private Postgres(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  /** Starts one that ends with this process. */
  public static Postgres start() {
    var postgres = new Postgres(folder(), freePort());
    postgres.run(
        "initdb", "--username=keyway", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8");
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::crash));
    postgres.resume();
    return postgres;
  }

  /** Ends the server at once, as a crash does; its data stays. */
  public void crash() {
    run("pg_ctl", "-m", "immediate", "stop");
  }

  /** Starts the server on the data it has. */
  public void resume() {
    run(
        "pg_ctl",
        "-w",
        "-l",
        data.resolve("log").toString(),
        "-o",
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=''".formatted(port),
        "start");
  }

  /** The line of {@code keyway.yaml} that names it. */
  public String setting() {
    return "store: {%s}%n".formatted(fields());
  }

  /** The same with a password, as a reference. */
  public String setting(String password) {
    return "store: {%s, password: \"%s\"}%n".formatted(fields(), password);
  }

  private String fields() {
    return "url: \"jdbc:postgresql://127.0.0.1:%d/postgres\", user: keyway".formatted(port);
  }

  private void run(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups", "--"));
    }
    command.addAll(List.of(find(program), "-D", data.toString()));
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) {
    try {
      Path said = Files.createTempFile("keyway-postgres", ".log");
      // A server that is started keeps what its starter writes to: a pipe would never end.
      Process process =
          new ProcessBuilder(command)
              .directory(new File("/"))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new AssertionError(
            command + " failed: " + Files.readString(said, StandardCharsets.UTF_8));
      }
      Files.delete(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Fails where it is missing: these tests are not skipped. */
  private static String find(String program) {
    var folders = new ArrayList<Path>();
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      versions.sorted().forEach(version -> folders.add(version.resolve("bin")));
    } catch (IOException e) {
      // Another system's package: its programs are on the path.
    }
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      folders.add(Path.of(folder));
    }
    return folders.stream()
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(program + " is missing (Debian: apt-get install postgresql)"))
        .toString();
  }

  private static Path folder() {
    Path folder = RunningKeyway.temporaryFolder("keyway-postgres");
    if (isRoot()) {
      run(List.of("chown", USER, folder.toString()));
    }
    return folder;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
