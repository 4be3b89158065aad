package dev.keyway.store.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A real PgBouncer in transaction mode before the shared server, with fewer connections to it than
 * its clients have: transactions of one client go through different ones.
 */
public final class PgBouncer implements AutoCloseable {
  private static final int LOG_SHOWN = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder = Programs.folder("keyway-pgbouncer");
  private final int port = PostgresServer.freePort();
  private final Process process;

  public PgBouncer(PostgresServer server) {
    Path settings = folder.resolve("pgbouncer.ini");
    try {
      Files.writeString(
          settings,
          """
          [databases]
          * = host=127.0.0.1 port=%d
          [pgbouncer]
          listen_addr = 127.0.0.1
          listen_port = %d
          unix_socket_dir =
          pool_mode = transaction
          default_pool_size = 3
          max_client_conn = 200
          auth_type = trust
          auth_file = %s
          logfile = %s
          """
              .formatted(server.port(), port, folder.resolve("users"), folder.resolve("log")));
      Files.writeString(folder.resolve("users"), "\"keyway\" \"\"\n");
      this.process =
          new ProcessBuilder(Programs.command("pgbouncer", settings.toString()))
              .directory(new File("/"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same database by this way. */
  public PostgresSettings through(PostgresSettings direct) {
    var settings =
        new PostgresSettings(
            direct.url().replaceFirst(":\\d+/", ":" + port + "/"),
            direct.user(),
            direct.password(),
            direct.connections());
    awaitAnswer(settings);
    return settings;
  }

  private void awaitAnswer(PostgresSettings settings) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Connection _ =
          DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException("no PgBouncer: " + log(), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  private String log() {
    try {
      String log = Files.readString(folder.resolve("log"));
      return log.substring(Math.max(0, log.length() - LOG_SHOWN));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    // At once, without waiting for clients.
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Programs.delete(folder);
  }
}
