package dev.keyway.store.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Brings a database to this program's schema. */
final class Migrations {
  private static final String HISTORY = "flyway_schema_history";

  private final DataSource database;

  Migrations(DataSource database) {
    this.database = database;
  }

  /**
   * Whether the database holds this program's migrations, all of them, with the same checksums and
   * no others: then there is nothing to ask Flyway, which takes most of a second to begin.
   *
   * @throws SQLException when the database cannot be read
   * @throws IOException when the program's own files cannot be read
   */
  boolean areApplied() throws SQLException, IOException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      return hasHistory(statement) && history(statement).equals(MigrationScripts.checksums());
    }
  }

  /** Whether the database holds a schema that only a later program knows. */
  boolean isNewerThanProgram() {
    for (MigrationInfo migration : flyway().info().applied()) {
      if (migration.getState().isApplied() && !migration.getState().isResolved()) {
        return true;
      }
    }
    return false;
  }

  void apply() {
    flyway().migrate();
  }

  private Flyway flyway() {
    String folder = "classpath:" + MigrationScripts.FOLDER;
    return Flyway.configure()
        .dataSource(database)
        .table(HISTORY)
        .locations(folder + "common", folder + "sqlite")
        .placeholders(Map.of("id", "TEXT", "bytes", "BLOB"))
        .loggers("slf4j")
        .load();
  }

  private static boolean hasHistory(Statement statement) throws SQLException {
    String question = "SELECT 1 FROM sqlite_master WHERE name = '" + HISTORY + "'";
    try (var result = statement.executeQuery(question)) {
      return result.next();
    }
  }

  /** The checksums by version; of a failed migration, one that no file has. */
  private static Map<String, Integer> history(Statement statement) throws SQLException {
    var history = new TreeMap<String, Integer>();
    try (var result =
        statement.executeQuery(
            "SELECT version, checksum, success FROM " + HISTORY + " WHERE version IS NOT NULL")) {
      while (result.next()) {
        String version = result.getString("version");
        history.put(result.getBoolean("success") ? version : version + " failed", result.getInt(2));
      }
    }
    return history;
  }
}
