package dev.keyway.store.postgres;

import static dev.keyway.store.Observation.good;
import static dev.keyway.store.Observation.problem;
import static dev.keyway.store.Observation.warning;

import dev.keyway.store.Observation;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.migration.Dialect;
import dev.keyway.store.migration.Migrations;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;

/**
 * Looks at a database and the nodes on it from outside, and changes nothing: its settings, its
 * clock, its way to wake nodes, and who holds a lease.
 */
public final class PostgresExamination {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration WAKE_UP_PATIENCE = Duration.ofSeconds(1);

  /** Expiry and what is shown of times go by the nodes' clocks. */
  private static final Duration MOST_SKEW = Duration.ofMillis(500);

  /** A commit of a change, and so each revocation, takes several of these. */
  private static final Duration MOST_ROUND_TRIP = Duration.ofMillis(20);

  private static final String CLOCK = "SELECT extract(epoch FROM clock_timestamp()) * 1000";

  private static final String NODES =
      """
      SELECT n.name, e.head - n.acked AS behind, e.longest_lease_ms,
        extract(epoch FROM now() - n.renewed_at) * 1000 AS silent_ms
      FROM epoch e JOIN node n ON TRUE ORDER BY n.name
      """;

  private static final String LEASE =
      """
      SELECT e.lease_ms, e.longest_lease_ms,
        (SELECT count(*) FROM change c WHERE c.effective_at IS NULL AND c.committed_at <
          extract(epoch FROM now()) * 1000 - 3 * e.longest_lease_ms) AS forgotten
      FROM epoch e
      """;

  private final List<Observation> seen = new ArrayList<>();
  private final DataSource source;

  private PostgresExamination(DataSource source) {
    this.source = source;
  }

  /** What is seen of the database that these settings name. */
  public static List<Observation> of(PostgresSettings settings) {
    var examination = new PostgresExamination(Connections.single(settings, PATIENCE));
    examination.examine();
    return examination.seen;
  }

  private void examine() {
    try {
      Server server = Server.ask(source);
      seen.add(good("PostgreSQL %d answers".formatted(server.version() / 10_000)));
      server.requireUsable();
      standbys(server);
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        clock(statement);
        wakeUps(connection, statement);
        if (isCurrent()) {
          leases(statement);
          nodes(statement);
        }
      }
    } catch (UnusableDatabaseException e) {
      seen.add(problem(String.valueOf(e.getMessage())));
    } catch (SQLException | FlywayException | IOException e) {
      seen.add(problem("PostgreSQL cannot be asked: " + PostgresDatabase.reason(e)));
    }
  }

  private void standbys(Server server) {
    String names = server.synchronousStandbys();
    if (server.replicas() == 0 && names.isBlank()) {
      seen.add(warning("PostgreSQL has no standby: while it is gone, keys go on for a lease only"));
    } else if (names.isBlank()) {
      seen.add(
          warning(
              "synchronous_standby_names is empty: a fail-over may forget revocations; name two"
                  + " standbys, as 'ANY 1 (a, b)'"));
    } else if (server.replicas() < 2) {
      seen.add(
          warning(
              "only one standby is there: when it goes, writes and leases stop; have two, as 'ANY"
                  + " 1 (a, b)'"));
    } else {
      seen.add(good("commits wait for " + names));
    }
  }

  private void clock(Statement statement) throws SQLException {
    long begun = System.nanoTime();
    Instant here = Instant.now();
    try (ResultSet row = statement.executeQuery(CLOCK)) {
      row.next();
      long there = row.getLong(1);
      Duration trip = Duration.ofNanos(System.nanoTime() - begun);
      long skew = Math.abs(there - here.plus(trip.dividedBy(2)).toEpochMilli());
      String text = "its clock differs from this machine's by %d ms".formatted(skew);
      seen.add(skew > MOST_SKEW.toMillis() ? warning(text + "; see to NTP on both") : good(text));
      String round = "a round trip takes %.1f ms".formatted(trip.toNanos() / 1e6);
      seen.add(
          trip.compareTo(MOST_ROUND_TRIP) > 0
              ? warning(round + ", and a revocation takes several")
              : good(round));
    }
  }

  private void wakeUps(Connection connection, Statement statement) throws SQLException {
    String channel = "keyway_doctor_" + Long.toHexString(System.nanoTime());
    statement.execute("LISTEN " + channel);
    statement.execute("NOTIFY " + channel);
    var notifications =
        connection.unwrap(PGConnection.class).getNotifications((int) WAKE_UP_PATIENCE.toMillis());
    statement.execute("UNLISTEN " + channel);
    seen.add(
        notifications != null && notifications.length > 0
            ? good("NOTIFY wakes the nodes")
            : warning(
                "NOTIFY does not arrive, as behind a pooler in transaction mode: each revocation"
                    + " takes up to 100 ms longer"));
  }

  private boolean isCurrent() throws SQLException, IOException {
    var migrations = new Migrations(source, Dialect.POSTGRES);
    if (migrations.isNewerThanProgram()) {
      seen.add(problem("the tables were written by a newer Keyway; use that"));
      return false;
    }
    if (!migrations.areApplied()) {
      seen.add(warning("the tables are not this version's yet; the next start migrates them"));
      return false;
    }
    seen.add(good("the tables are this version's"));
    return true;
  }

  private void leases(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(LEASE)) {
      row.next();
      long lease = row.getLong("lease_ms");
      long longest = row.getLong("longest_lease_ms");
      seen.add(good("a lease lasts %.1f s".formatted(lease / 1e3)));
      if (longest > lease) {
        seen.add(good("leases of %.1f s may be left from before".formatted(longest / 1e3)));
      }
      long forgotten = row.getLong("forgotten");
      if (forgotten > 0) {
        seen.add(
            problem(
                "%d changes of rights are committed and confirmed by nobody; is a node running?"
                    .formatted(forgotten)));
      }
    }
  }

  private void nodes(Statement statement) throws SQLException {
    int nodes = 0;
    try (ResultSet row = statement.executeQuery(NODES)) {
      while (row.next()) {
        nodes++;
        node(row);
      }
    }
    if (nodes == 0) {
      seen.add(warning("no node is running"));
    }
  }

  private void node(ResultSet row) throws SQLException {
    String name = row.getString("name");
    long silent = row.getLong("silent_ms");
    long behind = row.getLong("behind");
    if (silent > row.getLong("longest_lease_ms")) {
      seen.add(
          problem(
              "node %s has not renewed its lease for %.0f s: it answers 503, or it is gone"
                  .formatted(name, silent / 1e3)));
    } else if (behind > 0) {
      seen.add(warning("node %s has %d changes to apply".formatted(name, behind)));
    } else {
      seen.add(good("node %s renewed its lease %.1f s ago".formatted(name, silent / 1e3)));
    }
  }
}
