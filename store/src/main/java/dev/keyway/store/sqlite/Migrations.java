package dev.keyway.store.sqlite;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Brings a database to this program's schema. */
final class Migrations {
  private static final String FOLDER = "classpath:dev/keyway/store/migrations/";

  private final Flyway flyway;

  Migrations(DataSource database) {
    this.flyway =
        Flyway.configure()
            .dataSource(database)
            .locations(FOLDER + "common", FOLDER + "sqlite")
            .placeholders(Map.of("id", "TEXT", "bytes", "BLOB"))
            .loggers("slf4j")
            .load();
  }

  /** Whether the database holds a schema that only a later program knows. */
  boolean isNewerThanProgram() {
    for (MigrationInfo migration : flyway.info().applied()) {
      if (migration.getState().isApplied() && !migration.getState().isResolved()) {
        return true;
      }
    }
    return false;
  }

  void apply() {
    flyway.migrate();
  }
}
