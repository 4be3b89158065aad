package dev.keyway.store.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server of this machine's own package, for tests: on loopback, flushing as it should,
 * and sorting words as English does, so that nothing depends on a database that sorts by bytes.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String OWNER = "keyway";

  /** Past the triggers that keep keys and trail, as only the owner of the server can. */
  private static final String EMPTY =
      """
      DO $$
      DECLARE t text;
      BEGIN
        SET LOCAL session_replication_role = replica;
        FOR t IN SELECT tablename FROM pg_tables
          WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'
        LOOP
          EXECUTE 'DELETE FROM ' || t;
        END LOOP;
        INSERT INTO epoch (id, head) VALUES (1, 0);
        INSERT INTO limit_run (id, is_open, epoch_at_zero) VALUES (1, 0, 0);
      END $$
      """;

  private final Path folder = Programs.folder("keyway-postgres");
  private final int port = freePort();
  private final Process process;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(String... settings) {
    String data = folder.resolve("data").toString();
    Programs.run(
        Programs.command(
            "initdb",
            "--pgdata=" + data,
            "--username=" + OWNER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--locale-provider=icu",
            "--icu-locale=en",
            "--no-instructions"));
    this.process = start(data, settings);
    awaitAnswer();
  }

  /** The one of this process, which ends with it. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** One of its own, with settings such as {@code fsync=off}. */
  static PostgresServer with(String... settings) {
    return new PostgresServer(settings);
  }

  private static final class Shared {
    private static final PostgresServer SERVER = open();

    private static PostgresServer open() {
      var server = new PostgresServer();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }
  }

  /** A new database without tables. */
  public PostgresSettings make() {
    String name = "test" + databases.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return settings(name);
  }

  /** Takes all rows out of a database, for the next test: far quicker than to make another. */
  static void empty(PostgresSettings settings) {
    execute(settings, EMPTY);
  }

  PostgresSettings settings(String database) {
    return new PostgresSettings(url(database), OWNER, "", 8);
  }

  int port() {
    return port;
  }

  /** Runs a statement as the owner of everything. */
  void execute(String sql) {
    execute(settings("postgres"), sql);
  }

  /** Waits until a question is answered with true. */
  void await(String question) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isTrue(question)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("never true: " + question);
      }
    }
  }

  private boolean isTrue(String question) {
    try (Connection connection = DriverManager.getConnection(url("postgres"), OWNER, "");
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void execute(PostgresSettings settings, String sql) {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Process start(String data, String... settings) {
    var arguments = new ArrayList<String>(List.of("-D", data, "-p", String.valueOf(port)));
    var all =
        new ArrayList<String>(
            List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "shared_buffers=64MB",
                "autovacuum=off"));
    all.addAll(List.of(settings));
    all.forEach(setting -> arguments.addAll(List.of("-c", setting)));
    try {
      return new ProcessBuilder(Programs.command("postgres", arguments.toArray(String[]::new)))
          .directory(new File("/"))
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Connection _ = DriverManager.getConnection(url("postgres"), OWNER, "")) {
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException("no PostgreSQL: " + log(), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Programs.run(
        Programs.command(
            "pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "stop"));
    Programs.delete(folder);
  }
}
