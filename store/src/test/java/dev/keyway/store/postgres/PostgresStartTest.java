package dev.keyway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.contract.Together;
import dev.keyway.store.UnusableDatabaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which databases are taken, and how they get their tables. */
class PostgresStartTest {
  private final PostgresServer server = PostgresServer.shared();

  @Test
  void open_manyAtOnceOnAnEmptyDatabase_migrateItOnce() {
    PostgresSettings empty = server.make();

    List<Long> heads =
        Together.run(
            4,
            _ -> {
              try (var database = PostgresDatabase.open(empty)) {
                return database.read(
                    handle -> handle.createQuery("SELECT head FROM epoch").mapTo(Long.class).one());
              }
            });

    assertThat(heads).containsExactly(0L, 0L, 0L, 0L);
  }

  @Test
  void open_schemaOfALaterProgram_isRefusedAndWhoeverHasItOpenGoesOn() {
    PostgresSettings settings = server.make();
    try (var before = PostgresDatabase.open(settings)) {
      PostgresServer.execute(
          settings,
          "INSERT INTO flyway_schema_history SELECT 99, '99', description, type, script, checksum,"
              + " installed_by, installed_on, execution_time, success FROM flyway_schema_history"
              + " WHERE version = '2'");
      PostgresServer.execute(settings, "ALTER TABLE api_key ADD COLUMN later TEXT");

      assertThatThrownBy(() -> PostgresDatabase.open(settings))
          .isInstanceOf(UnusableDatabaseException.class)
          .hasMessageContaining("newer Keyway");
      before.run(handle -> handle.execute("UPDATE epoch SET head = head + 1"));
    }
  }

  @Test
  void open_tablesOfAnotherProgram_isRefusedAndLeftAlone() {
    PostgresSettings settings = server.make();
    PostgresServer.execute(settings, "CREATE TABLE invoice (id INTEGER)");

    assertThatThrownBy(() -> PostgresDatabase.open(settings))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("another program's tables");
    PostgresServer.execute(settings, "CREATE TABLE epoch (id INTEGER)");
  }

  @ParameterizedTest
  @CsvSource({
    "ALTER DATABASE %s SET default_transaction_read_only = on, a server that takes no writes",
    "ALTER DATABASE %s SET synchronous_commit = off, synchronous_commit is off",
  })
  void open_settingThatBreaksAPromise_isRefused(String statement, String reason) {
    PostgresSettings settings = server.make();
    server.execute(statement.formatted(name(settings)));

    assertThatThrownBy(() -> PostgresDatabase.open(settings))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void open_otherEncoding_isRefused() {
    server.execute(
        "CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'"
            + " TEMPLATE template0");

    assertThatThrownBy(() -> PostgresDatabase.open(server.settings("ascii")))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("its encoding is SQL_ASCII");
  }

  @Test
  void open_serverThatDoesNotFlush_isRefused() {
    try (var careless = PostgresServer.with("fsync=off")) {
      assertThatThrownBy(() -> PostgresDatabase.open(careless.settings("postgres")))
          .isInstanceOf(UnusableDatabaseException.class)
          .hasMessageContaining("fsync is off");
    }
  }

  @Test
  void open_userWithoutRights_isRefused() {
    server.execute("CREATE ROLE guest LOGIN");
    PostgresSettings settings = server.make();

    assertThatThrownBy(
            () -> PostgresDatabase.open(new PostgresSettings(settings.url(), "guest", "", 4)))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("may not make tables");
  }

  @Test
  void open_nobodyThere_saysSoWithoutThePassword() {
    int port = PostgresServer.freePort();
    var settings =
        new PostgresSettings("jdbc:postgresql://127.0.0.1:" + port + "/x", "u", "hunter2", 4);

    assertThatThrownBy(() -> PostgresDatabase.open(settings))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("does not answer")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void open_noSuchDatabase_saysSo() {
    assertThatThrownBy(() -> PostgresDatabase.open(server.settings("nowhere")))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("no database of this name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api_key", "audit_event"})
  void truncate_keysOrTrail_isRefused(String table) {
    try (var stores = PostgresStores.open()) {
      assertThatThrownBy(
              () -> PostgresServer.execute(stores.settings(), "TRUNCATE " + table + " CASCADE"))
          .rootCause()
          .hasMessageMatching("(?s).*(keys are never removed|the trail only grows).*");
    }
  }

  @Test
  void restore_byTheGuidesStatements_givesNoNumberTwice() throws Exception {
    String guide = Files.readString(Path.of("../docs/guides/backup-and-restore.md"));
    String statements = guide.split("```sql\n", -1)[1].split("```", -1)[0];
    try (var stores = PostgresStores.open()) {
      PostgresServer.execute(stores.settings(), statements);

      assertThat(stores.changeLog().head()).isGreaterThan(1_700_000_000_000L);
      assertThat(stores.windows().begin(0, 0)).as("limits begin as after a crash").isFalse();
    }
  }

  private static String name(PostgresSettings settings) {
    return settings.url().substring(settings.url().lastIndexOf('/') + 1);
  }
}
