package dev.keyway.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.migration.Dialect;
import dev.keyway.store.migration.Migrations;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When Flyway can be left out, and that it is not left out wrongly. */
class MigrationsTest {
  @TempDir Path folder;
  private Migrations migrations;

  @BeforeEach
  void open() {
    migrations =
        new Migrations(
            SqliteDatabase.source(folder.resolve(SqliteDatabase.FILE_NAME)), Dialect.SQLITE);
  }

  @Test
  void areApplied_emptyThenMigrated() throws Exception {
    assertThat(migrations.areApplied()).isFalse();

    migrations.apply();

    assertThat(migrations.areApplied()).as("our checksums are Flyway's").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '2'",
        "UPDATE flyway_schema_history SET success = 0 WHERE version = '2'",
        "DELETE FROM flyway_schema_history WHERE version = '2'",
        "INSERT INTO flyway_schema_history SELECT 99, '99', description, type, script, checksum,"
            + " installed_by, installed_on, execution_time, success FROM flyway_schema_history"
            + " WHERE version = '2'"
      })
  void areApplied_historyDiffers_asksFlyway(String change) throws Exception {
    try (var database = SqliteDatabase.open(folder)) {
      database.run(handle -> handle.execute(change));
    }
    assertThat(migrations.areApplied()).isFalse();
  }

  @Test
  void open_changedMigration_isRefused() {
    try (var database = SqliteDatabase.open(folder)) {
      database.run(handle ->
          handle.execute(
              "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '2'"));
    }
    assertThatThrownBy(() -> SqliteDatabase.open(folder))
        .isInstanceOf(UnusableDatabaseException.class);
  }
}
