package dev.keyway.store.postgres;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.lease.LeaseStore;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.migration.Dialect;
import dev.keyway.store.migration.Migrations;
import dev.keyway.store.sql.Database;
import dev.keyway.store.sql.Transactions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Keyway database in PostgreSQL 15 or later, reached directly or through PgBouncer in transaction
 * mode; several nodes may have it open.
 *
 * <p>A read is one statement by a connection that commits by itself, a write is a transaction of
 * {@link Writing}. Neither leaves anything in a session.
 */
public final class PostgresDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

  /** A server that is silent must not hold its callers for good. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A server that is stuck must not keep the process from ending either. */
  private static final Duration END_PATIENCE = Duration.ofSeconds(20);

  /** For the questions of a start. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(15);

  /** Writes to the journal and touches no table, so that it is in nobody's way. */
  private static final String WRITE_PROBE = "SELECT pg_logical_emit_message(true, 'keyway', '')";

  private final Connections connections;
  private final Jdbi readers;
  private final Writing writing;
  private final PostgresLeases leases;
  private final PostgresWakeUps wakeUps;
  private final Transactions changeReads;
  private volatile boolean hasFailed;
  private volatile boolean isClosed;

  /** A party for each call that is under way, and one until the end. */
  private final Phaser calls = new Phaser(1);

  private PostgresDatabase(PostgresSettings settings, String commitLevel) {
    this.connections = new Connections(settings);
    this.readers = Jdbi.create(connections.readers()).setTransactionHandler(new Snapshots());
    this.writing = new Writing(Jdbi.create(connections.writers()), commitLevel);
    this.leases = new PostgresLeases(connections.leases(), commitLevel, connections::renew);
    this.changeReads = new ChangeReads(Jdbi.create(connections.changes()));
    this.wakeUps =
        new PostgresWakeUps(
            Connections.single(settings, Duration.ZERO), connections.notifications());
  }

  /**
   * Opens a database and brings it to this program's schema.
   *
   * @throws UnusableDatabaseException when that cannot be
   */
  public static PostgresDatabase open(PostgresSettings settings) {
    try {
      Server server = prepare(settings);
      MoveMark.requireFinished(Connections.single(settings, START_PATIENCE));
      var database = new PostgresDatabase(settings, server.commitLevel());
      Duration lease = settings.lease();
      if (lease != null) {
        database.leases.useTtl(lease.toNanos());
      }
      return database;
    } catch (SQLException | IOException | FlywayException e) {
      // Nothing of a user's passes through here, so no cause can quote it.
      throw new UnusableDatabaseException("cannot open the PostgreSQL database: " + reason(e), e);
    }
  }

  /** The leases of the nodes that share this database. */
  public LeaseStore leases() {
    return leases;
  }

  /** Reads of the change log that wait behind no others. */
  public Transactions changeReads() {
    return changeReads;
  }

  /** How these nodes tell each other that there is something to read. */
  public PostgresWakeUps wakeUps() {
    return wakeUps;
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    return new Call<T>().make(PATIENCE, underWay(() -> readNow(work)));
  }

  private <T extends @Nullable Object> T readNow(Function<Handle, T> work) {
    try {
      return readers.withHandle(work::apply);
    } catch (JdbiException e) {
      throw Failures.unavailable(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    var call = new Call<T>();
    try {
      return call.make(PATIENCE, underWay(() -> writing.run(work, call)));
    } catch (UnavailableException e) {
      hasFailed = true;
      throw e;
    }
  }

  /** A call that {@link #close} waits for, though its caller may have left. */
  private <T extends @Nullable Object> Supplier<T> underWay(Supplier<T> work) {
    if (isClosed || calls.register() < 0) {
      throw new UnavailableException("The database is closed.", null);
    }
    return () -> {
      try {
        return work.get();
      } finally {
        calls.arriveAndDeregister();
      }
    };
  }

  @Override
  public boolean isWritable() {
    if (hasFailed) {
      try {
        run(handle -> handle.execute(WRITE_PROBE));
        hasFailed = false;
      } catch (UnavailableException e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int waitingReads() {
    return connections.readers().getHikariPoolMXBean().getThreadsAwaitingConnection();
  }

  @Override
  public int waitingWrites() {
    return connections.writers().getHikariPoolMXBean().getThreadsAwaitingConnection();
  }

  /** {@inheritDoc} What the server holds up for long is then as after a crash. */
  @Override
  public void close() {
    isClosed = true;
    int phase = calls.arriveAndDeregister();
    try {
      calls.awaitAdvanceInterruptibly(phase, END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.error("calls of PostgreSQL are stuck and are left behind");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    wakeUps.close();
    connections.close();
  }

  /**
   * Asks a server whether Keyway can use it, and brings its database to this program's schema.
   *
   * @throws UnusableDatabaseException when it cannot
   */
  static Server prepare(PostgresSettings settings) throws SQLException, IOException {
    var server = Server.ask(Connections.single(settings, START_PATIENCE));
    server.requireUsable();
    // As long as a migration takes.
    migrate(Connections.single(settings, Duration.ZERO));
    return server;
  }

  private static void migrate(DataSource source) throws SQLException, IOException {
    var migrations = new Migrations(source, Dialect.POSTGRES);
    if (migrations.areApplied()) {
      return;
    }
    if (migrations.isNewerThanProgram()) {
      throw new UnusableDatabaseException(
          "the PostgreSQL database was written by a newer Keyway; use that", null);
    }
    migrations.apply();
  }

  /** What is wrong, without anything that could quote the URL or a value. */
  static String reason(Exception e) {
    return switch (Failures.state(e)) {
      case "08001", "08004", "08006" ->
          "it does not answer, or only as a server that takes no writes; see to its host, port and TLS";
      case "28P01", "28000" -> "it refuses this user or password";
      case "3D000" -> "there is no database of this name";
      case "42501" ->
          "the user may not make tables in the schema; let it own the database, or GRANT CREATE";
      case "53300" -> "it has no connection left";
      case "" -> e instanceof FlywayException ? "its tables cannot be migrated" : e.toString();
      default -> "it fails with SQLSTATE " + Failures.state(e);
    };
  }
}
