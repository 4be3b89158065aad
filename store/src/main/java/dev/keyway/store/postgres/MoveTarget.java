package dev.keyway.store.postgres;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.sql.StoreEvents;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** A database of this program's schema that a store is moved to, by one connection. */
public final class MoveTarget implements AutoCloseable {
  /** What a new database holds before anything is done with it. */
  private static final List<String> SEEDED = List.of("epoch", "limit_run");

  private static final String COLUMNS =
      """
      SELECT c.table_name, c.column_name, c.data_type
      FROM information_schema.columns c
      JOIN pg_tables t ON t.schemaname = c.table_schema AND t.tablename = c.table_name
      WHERE c.table_schema = current_schema()
        AND c.table_name NOT IN ('flyway_schema_history', 'store_move')
      """;

  /**
   * Settings of each transaction and not of the session. A table may take long to be copied or
   * compared, whatever bound a role has.
   */
  private static final String SETTINGS =
      """
      SET LOCAL client_min_messages = warning;
      SET LOCAL lock_timeout = '10s';
      SET LOCAL statement_timeout = 0;
      SET LOCAL idle_in_transaction_session_timeout = 0\
      """;

  private final Handle handle;
  private final String begin;

  private MoveTarget(Handle handle, String commitLevel) {
    this.handle = handle;
    this.begin = SETTINGS + ";\nSET LOCAL synchronous_commit = " + commitLevel;
  }

  /**
   * Opens a database and brings it to this program's schema.
   *
   * @throws UnusableDatabaseException when that cannot be
   */
  public static MoveTarget open(PostgresSettings settings) {
    try {
      Server server = PostgresDatabase.prepare(settings);
      // A large table is sorted, and silent for as long as that takes.
      Handle handle = Jdbi.open(Connections.single(settings, Duration.ZERO));
      return new MoveTarget(handle, server.commitLevel());
    } catch (SQLException | IOException | FlywayException | JdbiException e) {
      throw new UnusableDatabaseException(
          "cannot open the PostgreSQL database: " + PostgresDatabase.reason(e), e);
    }
  }

  /** The types of its columns by name, by table. */
  public Map<String, Map<String, String>> columns() {
    var tables = new TreeMap<String, Map<String, String>>();
    handle
        .createQuery(COLUMNS)
        .map((row, _) -> List.of(row.getString(1), row.getString(2), row.getString(3)))
        .forEach(column -> {
          var _ =
              tables
                  .computeIfAbsent(column.get(0), _ -> new HashMap<>())
                  .put(column.get(1), column.get(2));
        });
    return tables;
  }

  /**
   * What is done in one transaction.
   *
   * @param <T> what it answers
   */
  @FunctionalInterface
  public interface Work<T> {
    T run(Handle transaction) throws SQLException;
  }

  /**
   * Runs a work in a transaction of its own.
   *
   * @throws SQLException also when the database has committed with a warning: whether that lasts is
   *     not known, and what is repeated finds out
   */
  public <T> T transaction(Work<T> work) throws SQLException {
    T result =
        handle.<T, SQLException>inTransaction(transaction -> {
          try (var statement = transaction.getConnection().createStatement()) {
            statement.execute(begin);
          }
          T worked = work.run(transaction);
          // What is said from here on is said of the commit.
          transaction.getConnection().clearWarnings();
          return worked;
        });
    if (Commits.hasWarned(handle.getConnection())) {
      throw new SQLException(
          "the database committed with a warning, such as that a standby does not answer", "01000");
    }
    return result;
  }

  /** What was moved here before, or is being moved. */
  public Optional<MoveMark> mark() {
    return MoveMark.read(handle);
  }

  /**
   * Takes an empty database for a store. From now on no node starts on it until {@link #finish}.
   *
   * @param source as {@link MoveMark} keeps it
   * @throws UnusableDatabaseException when it holds rows
   */
  public MoveMark take(String source, Instant at) throws SQLException {
    return transaction(transaction -> {
      // Of two that would take it, one comes later and finds the other's mark.
      transaction.execute("LOCK TABLE epoch IN ACCESS EXCLUSIVE MODE");
      if (MoveMark.read(transaction).isPresent()) {
        throw new UnusableDatabaseException("another move to this database has just begun", null);
      }
      requireEmpty(transaction);
      SEEDED.forEach(table -> transaction.execute("DELETE FROM " + table));
      return MoveMark.begin(transaction, source, at);
    });
  }

  private void requireEmpty(Handle transaction) {
    for (String table : columns().keySet()) {
      String question =
          switch (table) {
            case "epoch" -> "SELECT EXISTS (SELECT 1 FROM epoch WHERE head > 0)";
            case "limit_run" -> "SELECT EXISTS (SELECT 1 FROM limit_run WHERE is_open <> 0)";
            default -> "SELECT EXISTS (SELECT 1 FROM \"" + table + "\")";
          };
      if (transaction.createQuery(question).mapTo(Boolean.class).one()) {
        throw new UnusableDatabaseException(
            "the PostgreSQL database is not empty: its table %s holds rows; name a new database"
                .formatted(table),
            null);
      }
    }
  }

  /**
   * Ends the move: nodes may start.
   *
   * @param event goes into the moved trail
   */
  public void finish(AuditEvent event) throws SQLException {
    var _ =
        transaction(transaction -> {
          // The first node would plan by tables that it believes empty.
          columns().keySet().forEach(table -> transaction.execute("ANALYZE \"" + table + "\""));
          StoreEvents.add(transaction, event);
          return MoveMark.finish(transaction, event.at());
        });
  }

  /** What is wrong, without anything that could quote a value. */
  public static String reason(Exception e) {
    return PostgresDatabase.reason(e);
  }

  @Override
  public void close() {
    handle.close();
  }
}
