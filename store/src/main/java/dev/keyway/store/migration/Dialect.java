package dev.keyway.store.migration;

import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** What the scripts of a migration and their history need to know of a database. */
public enum Dialect {
  SQLITE("sqlite", "TEXT", "BLOB", "SELECT 1 FROM sqlite_master WHERE name = '%s'"),

  // Ids are compared byte by byte, whatever language the database sorts by.
  POSTGRES(
      "postgres",
      "TEXT COLLATE \"C\"",
      "BYTEA",
      "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = '%s'");

  private final String folder;
  private final String id;
  private final String bytes;
  private final String question;

  Dialect(String folder, String id, String bytes, String question) {
    this.folder = folder;
    this.id = id;
    this.bytes = bytes;
    this.question = question;
  }

  /** The folder of the scripts that are for this database alone. */
  String folder() {
    return folder;
  }

  /** The types that the shared scripts leave open, by name. */
  Map<String, String> types() {
    return Map.of("id", id, "bytes", bytes);
  }

  /** What has a row if anything was ever migrated here. */
  String historyQuestion() {
    return question.formatted(Migrations.HISTORY);
  }

  /**
   * Sets what Flyway has for this database alone. The lock of a migration is a transaction's: a
   * session's would be another client's behind a pool such as PgBouncer.
   */
  void configure(FluentConfiguration flyway) {
    if (this == POSTGRES) {
      flyway
          .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
          .setTransactionalLock(true);
    }
  }
}
