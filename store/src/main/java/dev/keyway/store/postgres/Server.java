package dev.keyway.store.postgres;

import dev.keyway.store.UnusableDatabaseException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server says of itself at the start: whether a change that it has confirmed lasts, and
 * whether this database is free for Keyway.
 *
 * @param schema where tables are made; null when the user has none
 * @param hasForeignTables whether the schema holds tables and none of Keyway's
 * @param replicas how many servers copy this one
 */
record Server(
    int version,
    boolean isReadOnly,
    String encoding,
    String synchronousCommit,
    boolean flushes,
    String synchronousStandbys,
    int replicas,
    @Nullable String schema,
    boolean hasForeignTables) {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int OLDEST = 150_000;

  private static final String QUESTION =
      """
      SELECT current_setting('server_version_num')::int AS version,
        pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS is_read_only,
        current_setting('server_encoding') AS encoding,
        current_setting('synchronous_commit') AS synchronous_commit,
        current_setting('fsync')::boolean AS flushes,
        current_setting('synchronous_standby_names') AS synchronous_standbys,
        (SELECT count(*) FROM pg_stat_replication) AS replicas,
        current_schema() AS schema,
        EXISTS (SELECT 1 FROM pg_tables t WHERE t.schemaname = current_schema()
            AND t.tablename <> 'flyway_schema_history')
          AND (SELECT count(*) FROM pg_tables t WHERE t.schemaname = current_schema()
            AND t.tablename IN ('flyway_schema_history', 'epoch', 'api_key')) < 3
          AS has_foreign_tables
      """;

  static Server ask(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(QUESTION)) {
      answer.next();
      return new Server(
          answer.getInt("version"),
          answer.getBoolean("is_read_only"),
          answer.getString("encoding"),
          answer.getString("synchronous_commit"),
          answer.getBoolean("flushes"),
          answer.getString("synchronous_standbys"),
          answer.getInt("replicas"),
          answer.getString("schema"),
          answer.getBoolean("has_foreign_tables"));
    }
  }

  /**
   * Looks for what would break a promise, and warns of what weakens one.
   *
   * @throws UnusableDatabaseException naming the first fault and how to mend it
   */
  void requireUsable() {
    require(version >= OLDEST, "it is older than PostgreSQL 15");
    require(!isReadOnly, "it takes no writes (a standby, or set to read-only); name the primary");
    require(encoding.equals("UTF8"), "its encoding is " + encoding + "; make it with UTF8");
    require(flushes, "fsync is off, so that a crash loses what was confirmed; set it on");
    require(
        !synchronousCommit.equals("off"),
        "synchronous_commit is off, so that a crash loses what was confirmed; set it on");
    require(schema != null, "the user has no schema to make tables in; see its search_path");
    require(!hasForeignTables, "its schema " + schema + " holds another program's tables");
    if (replicas > 0 && synchronousStandbys.isBlank()) {
      LOG.warn(
          "PostgreSQL has a standby and synchronous_standby_names is empty: a fail-over may forget"
              + " revocations that were confirmed");
    }
  }

  /** How far a commit goes before it is answered: at least as far as the server's standbys. */
  String commitLevel() {
    return synchronousCommit.equals("remote_apply") ? "remote_apply" : "on";
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new UnusableDatabaseException("cannot use the PostgreSQL database: " + fault, null);
    }
  }
}
