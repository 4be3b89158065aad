package dev.keyway.conformance.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  /**
   * Starts a copy of this one that each of its commits waits for.
   *
   * @return a server that takes no writes until it is promoted
   */
  public Postgres standby() {
    var standby = new Postgres(folder(), freePort());
    var _ =
        run(
            as(
                find("pg_basebackup"),
                "--pgdata=" + standby.data,
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=keyway",
                "--write-recovery-conf",
                "--checkpoint=fast"));
    Runtime.getRuntime().addShutdownHook(new Thread(standby::crash));
    standby.resume();
    var _ = execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
    var _ = execute("SELECT pg_reload_conf()");
    Eventually.holds(
        "commits wait for the standby",
        Duration.ofSeconds(30),
        () -> execute("SELECT sync_state FROM pg_stat_replication").equals("sync"));
    return standby;
  }

  /** Makes a standby take writes, whatever has become of the server it copies. */
  public void promote() {
    run("pg_ctl", "-w", "promote");
  }

  /** Runs a statement as an operator of the server and answers what it says. */
  public String execute(String sql) {
    return run(as(
            find("psql"),
            "--no-psqlrc",
            "--tuples-only",
            "--no-align",
            "--host=127.0.0.1",
            "--port=" + port,
            "--username=keyway",
            "--dbname=postgres",
            "--command=" + sql))
        .strip();
  }

  /** Copies what the server has, as a backup does. */
  public Path backUp() {
    Path copy = folder().resolve("copy");
    run("pg_ctl", "-m", "fast", "-w", "stop");
    var _ = run(as("cp", "-a", data.toString(), copy.toString()));
    resume();
    return copy;
  }

  /** Gives the server what it had when that copy was made; all since is lost. */
  public void restore(Path copy) {
    crash();
    var _ = run(as("find", data.toString(), "-mindepth", "1", "-delete"));
    var _ = run(as("cp", "-a", copy + "/.", data.toString()));
    resume();
  }

  /** Ends the server at once, as a crash does, if it runs; its data stays. */
  public void crash() {
    if (Files.exists(data.resolve("postmaster.pid"))) {
      run("pg_ctl", "-m", "immediate", "stop");
    }
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

  /** The same through a port that leads to it, with further fields. */
  public String setting(int through, String more) {
    return "store: {%s, %s}%n".formatted(fields(through), more);
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** The same with a password, as a reference. */
  public String setting(String password) {
    return "store: {%s, password: \"%s\"}%n".formatted(fields(), password);
  }

  private String fields() {
    return fields(port);
  }

  private static String fields(int port) {
    return "url: \"jdbc:postgresql://127.0.0.1:%d/postgres\", user: keyway".formatted(port);
  }

  private void run(String program, String... arguments) {
    var command = new ArrayList<>(as(find(program), "-D", data.toString()));
    command.addAll(List.of(arguments));
    var _ = run(command);
  }

  /** A server refuses to run as root. */
  private static List<String> as(String... program) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups", "--"));
    }
    command.addAll(List.of(program));
    return command;
  }

  private static String run(List<String> command) {
    try {
      Path said = Files.createTempFile("keyway-postgres", ".log");
      // A server that is started keeps what its starter writes to: a pipe would never end.
      Process process =
          new ProcessBuilder(command)
              .directory(new File("/"))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      int status = process.waitFor();
      String output = Files.readString(said, StandardCharsets.UTF_8);
      if (status != 0) {
        throw new AssertionError(command + " failed: " + output);
      }
      Files.delete(said);
      return output;
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
      var _ = run(List.of("chown", USER, folder.toString()));
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
