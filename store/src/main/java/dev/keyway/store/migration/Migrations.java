package dev.keyway.store.migration;

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
public final class Migrations {
  static final String HISTORY = "flyway_schema_history";

  private final DataSource database;
  private final Dialect dialect;

  public Migrations(DataSource database, Dialect dialect) {
    this.database = database;
    this.dialect = dialect;
  }

  /**
   * Whether the database holds this program's migrations, all of them, with the same checksums and
   * no others: then there is nothing to ask Flyway, which takes most of a second to begin.
   *
   * @throws SQLException when the database cannot be read
   * @throws IOException when the program's own files cannot be read
   */
  public boolean areApplied() throws SQLException, IOException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      return hasHistory(statement)
          && history(statement).equals(MigrationScripts.checksums(dialect));
    }
  }

  /** Whether the database holds a schema that only a later program knows. */
  public boolean isNewerThanProgram() {
    for (MigrationInfo migration : flyway().info().applied()) {
      if (migration.getState().isApplied() && !migration.getState().isResolved()) {
        return true;
      }
    }
    return false;
  }

  /** Applies what is missing; of several programs that do so at once, one after another. */
  public void apply() {
    flyway().migrate();
  }

  private Flyway flyway() {
    String folder = "classpath:" + MigrationScripts.FOLDER;
    var configuration =
        Flyway.configure()
            .dataSource(database)
            .table(HISTORY)
            .locations(folder + "common", folder + dialect.folder())
            .placeholders(dialect.types())
            .loggers("slf4j");
    dialect.configure(configuration);
    return configuration.load();
  }

  private boolean hasHistory(Statement statement) throws SQLException {
    try (var result = statement.executeQuery(dialect.historyQuestion())) {
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
