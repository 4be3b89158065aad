package dev.keyway.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.change.Place;
import dev.keyway.core.lease.LeaseStore;
import dev.keyway.core.lease.NodeRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Leases in PostgreSQL, by connections of their own: while writes hang in their commits, it must
 * still be found out whether this node may go on.
 *
 * <p>These transactions are READ COMMITTED: each is one statement besides its settings, and what
 * two of them could do to each other is settled by locks on the one row they share. They commit as
 * far as every write does, so that a server that was deposed grants nothing.
 */
public final class PostgresLeases implements LeaseStore {
  /** What tells the change of a number from any other that ever had it; 0 for none. */
  private static final String MARK = "COALESCE((SELECT mark FROM change WHERE seq = ?), 0)";

  /** Of one snapshot, taken under a lock for which every change of rights waits. */
  private static final String JOIN =
      """
      WITH now_at AS (
          SELECT e.head, e.lease_ms, COALESCE(c.mark, 0) AS mark
          FROM epoch e LEFT JOIN change c ON c.seq = e.head
          WHERE %s = ?),
        gone AS (DELETE FROM node WHERE id = ANY (?)),
        entered AS (INSERT INTO node (id, number, acked, name) SELECT ?, 0, head, ? FROM now_at)
      SELECT head, lease_ms, mark FROM now_at
      """
          .formatted(MARK);

  private static final String RENEW =
      """
      UPDATE node SET number = ?, acked = GREATEST(acked, ?), renewed_at = now()
      WHERE id = ? AND number < ? AND %s = ?
      RETURNING (SELECT head FROM epoch) AS head, (SELECT lease_ms FROM epoch) AS lease_ms
      """
          .formatted(MARK);

  private static final int USE_PARAMETERS = 4;

  /** Where there is no node, there is no lease that could be longer. */
  private static final String USE =
      """
      UPDATE epoch
      SET lease_ms = ?,
        longest_lease_ms =
          CASE WHEN EXISTS (SELECT 1 FROM node) THEN GREATEST(longest_lease_ms, ?) ELSE ? END,
        lease_version = lease_version + 1
      WHERE lease_ms <> ?
      """;

  private static final String NODES =
      """
      SELECT n.id, n.number, n.acked, e.head, e.longest_lease_ms
      FROM epoch e LEFT JOIN node n ON TRUE
      ORDER BY n.id
      """;

  private final HikariDataSource connections;
  private final String settings;
  private final Runnable onFailedRenewal;

  /**
   * Leases by connections of a pool.
   *
   * @param onFailedRenewal told when a join or a renewal has failed: perhaps the server is another
   *     one now, and every connection leads to the old one; must return at once
   */
  PostgresLeases(HikariDataSource connections, String commitLevel, Runnable onFailedRenewal) {
    this.connections = connections;
    this.onFailedRenewal = onFailedRenewal;
    this.settings =
        """
        SET LOCAL synchronous_commit = %s;
        SET LOCAL client_min_messages = warning;
        SET LOCAL lock_timeout = '2s';
        SET LOCAL idle_in_transaction_session_timeout = '2s';
        SET LOCAL statement_timeout = '5s'\
        """
            .formatted(commitLevel);
  }

  @Override
  public Entry join(String incarnation, List<String> before, Place applied) {
    return renewal(
        JOIN,
        statement -> {
          Connection connection = statement.getConnection();
          lockEpoch(connection, "SHARE");
          statement.setLong(1, applied.seq());
          statement.setLong(2, applied.mark());
          statement.setArray(3, connection.createArrayOf("text", before.toArray()));
          statement.setString(4, incarnation);
          statement.setString(5, NodeName.ofThisProcess());
          try (ResultSet row = statement.executeQuery()) {
            return row.next()
                ? new Entry.Entered(granted(row), row.getLong("mark"))
                : new Entry.Diverged();
          }
        });
  }

  @Override
  public Renewal renew(String incarnation, long number, Place acked) {
    return renewal(
        RENEW,
        statement -> {
          statement.setLong(1, number);
          statement.setLong(2, acked.seq());
          statement.setString(3, incarnation);
          statement.setLong(4, number);
          statement.setLong(5, acked.seq());
          statement.setLong(6, acked.mark());
          try (ResultSet row = statement.executeQuery()) {
            if (row.next()) {
              return new Renewal.Renewed(granted(row));
            }
          }
          return knows(statement.getConnection(), acked)
              ? new Renewal.Refused()
              : new Renewal.Diverged();
        });
  }

  private static boolean knows(Connection connection, Place place) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT " + MARK + " = ?")) {
      statement.setLong(1, place.seq());
      statement.setLong(2, place.mark());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public Nodes nodes() {
    return transaction(
        NODES,
        statement -> {
          List<NodeRow> rows = new ArrayList<>();
          long head = 0;
          long longest = 0;
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              head = row.getLong("head");
              longest = nanos(row, "longest_lease_ms");
              String id = row.getString("id");
              if (id != null) {
                rows.add(new NodeRow(id, row.getLong("number"), row.getLong("acked")));
              }
            }
          }
          return new Nodes(rows, head, longest);
        });
  }

  @Override
  public void fence(NodeRow seen) {
    var _ =
        transaction(
            "DELETE FROM node WHERE id = ? AND number = ?",
            statement -> {
              statement.setString(1, seen.id());
              statement.setLong(2, seen.number());
              return statement.executeUpdate();
            });
  }

  @Override
  public void leave(String incarnation) {
    var _ =
        transaction(
            "DELETE FROM node WHERE id = ?",
            statement -> {
              statement.setString(1, incarnation);
              return statement.executeUpdate();
            });
  }

  @Override
  public Life life() {
    return transaction(
        "SELECT lease_ms, longest_lease_ms, lease_version FROM epoch",
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
              throw new UnavailableException("The database has no epoch.", null);
            }
            return new Life(
                nanos(row, "lease_ms"),
                nanos(row, "longest_lease_ms"),
                row.getLong("lease_version"));
          }
        });
  }

  @Override
  public void useTtl(long ttlNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(ttlNanos);
    var _ =
        transaction(
            USE,
            statement -> {
              lockEpoch(statement.getConnection(), "UPDATE");
              for (int i = 1; i <= USE_PARAMETERS; i++) {
                statement.setLong(i, millis);
              }
              return statement.executeUpdate();
            });
  }

  @Override
  public void settle(Life seen) {
    var _ =
        transaction(
            """
            UPDATE epoch SET longest_lease_ms = lease_ms, lease_version = lease_version + 1
            WHERE lease_version = ?
            """,
            statement -> {
              statement.setLong(1, seen.version());
              return statement.executeUpdate();
            });
  }

  /** Whoever joins has joined before, and is seen by the next statement, or joins after. */
  private static void lockEpoch(Connection connection, String strength) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT FROM epoch FOR " + strength);
    }
  }

  private static Granted granted(ResultSet row) throws SQLException {
    return new Granted(row.getLong("head"), nanos(row, "lease_ms"));
  }

  private static long nanos(ResultSet row, String millis) throws SQLException {
    return TimeUnit.MILLISECONDS.toNanos(row.getLong(millis));
  }

  private <T> T renewal(String sql, Work<T> work) {
    try {
      return transaction(sql, work);
    } catch (UnavailableException e) {
      onFailedRenewal.run();
      throw e;
    }
  }

  private <T extends @Nullable Object> T transaction(String sql, Work<T> work) {
    try (Connection connection = connections.getConnection()) {
      try (Statement begin = connection.createStatement()) {
        begin.execute(settings);
      }
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        T result = work.run(statement);
        connection.clearWarnings();
        connection.commit();
        if (Commits.hasWarned(connection)) {
          throw new UnavailableException("The database committed with a warning.", null);
        }
        return result;
      }
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  private interface Work<T extends @Nullable Object> {
    T run(PreparedStatement statement) throws SQLException;
  }
}
