package dev.keyway.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.change.Change;
import dev.keyway.core.contract.World;
import dev.keyway.store.UnusableDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
  @TempDir Path folder;

  @Test
  void open_missingFolder_makesItForItsOwnerOnly() throws IOException {
    Path data = folder.resolve("some/data");
    SqliteDatabase.open(data).close();

    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(permissions(data.resolve(SqliteDatabase.FILE_NAME))).isEqualTo("rw-------");
  }

  @Test
  void open_newFile_journalIsForItsOwnerOnly() throws IOException {
    try (var database = SqliteDatabase.open(folder)) {
      database.run(handle -> handle.execute("UPDATE epoch SET head = 0"));
      assertThat(permissions(folder.resolve("keyway.db-wal"))).isEqualTo("rw-------");
    }
  }

  @Test
  void open_writes_areDurableAndForeignKeysHold() {
    try (var database = SqliteDatabase.open(folder)) {
      assertThat(pragma(database, "synchronous")).isEqualTo("2");
      assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(database, "busy_timeout")).isEqualTo("5000");
    }
  }

  @Test
  void open_again_findsEverything() {
    ApiKey before;
    Change change;
    try (var stores = new SqliteStores(folder)) {
      var world = new World(stores);
      ApiKeyId id = world.key(world.account("memo")).add().id();
      change =
          stores.apiKeys().revoke(id, world.now(), Precondition.NONE, world.event()).orElseThrow();
      before = stores.apiKeys().find(id).orElseThrow().key();
    }
    try (var stores = new SqliteStores(folder)) {
      assertThat(stores.apiKeys().find(before.id()).orElseThrow().key())
          .usingRecursiveComparison()
          .isEqualTo(before);
      assertThat(stores.changeLog().head()).isEqualTo(1);
      assertThat(stores.changeLog().find(1)).contains(change);
      assertThat(stores.rows("audit_event")).isEqualTo(3);
    }
  }

  @Test
  void close_leavesOneFile() throws IOException {
    try (var stores = new SqliteStores(folder)) {
      var _ = new World(stores).account("memo");
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve(SqliteDatabase.FILE_NAME));
    }
  }

  @Test
  void open_noDatabase_saysSoInOneLine() throws IOException {
    Files.writeString(folder.resolve(SqliteDatabase.FILE_NAME), "shopping list\n".repeat(500));

    assertThatThrownBy(() -> SqliteDatabase.open(folder))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("keyway.db")
        .hasMessageContaining("no database")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void open_afterACrash_findsWhatWasAnswered() throws IOException {
    Path crashed = Files.createDirectory(folder.resolve("crashed"));
    try (var stores = new SqliteStores(folder)) {
      var world = new World(stores);
      ApiKeyId id = world.key(world.account("memo")).add().id();
      // What a disk holds at this instant, had the process been killed.
      for (String file : List.of("keyway.db", "keyway.db-wal")) {
        Files.copy(folder.resolve(file), crashed.resolve(file));
      }
      try (var recovered = new SqliteStores(crashed)) {
        assertThat(recovered.apiKeys().find(id)).isPresent();
      }
    }
  }

  @Test
  void open_damagedAfterACrash_saysSoInOneLine() throws IOException {
    try (var stores = new SqliteStores(folder)) {
      var _ = new World(stores).account("memo");
    }
    Path file = folder.resolve(SqliteDatabase.FILE_NAME);
    byte[] content = Files.readAllBytes(file);
    // The pages after those that hold the schema.
    Arrays.fill(content, content.length / 2, content.length, (byte) 0x55);
    Files.write(file, content);
    Files.write(folder.resolve("keyway.db-wal"), new byte[] {1});

    assertThatThrownBy(() -> SqliteDatabase.open(folder))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("damaged")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void open_onlyJournalsLeft_namesThemAndLeavesThem() throws IOException {
    Path wal = folder.resolve("keyway.db-wal");
    try (var stores = new SqliteStores(folder)) {
      var _ = new World(stores).account("memo");
      Path crashed = Files.createDirectory(folder.resolve("crashed"));
      Files.copy(wal, crashed.resolve("keyway.db-wal"));
      Files.createFile(crashed.resolve("keyway.db-shm"));

      assertRefused(crashed, "crashed/keyway.db-wal, ", "crashed/keyway.db-shm");
      Files.createFile(crashed.resolve("keyway.db"));
      assertRefused(crashed, "crashed/keyway.db-wal, ", "crashed/keyway.db-shm");

      assertThat(crashed.resolve("keyway.db")).isEmptyFile();
      assertThat(crashed.resolve("keyway.db-wal")).hasSameBinaryContentAs(wal);
    }
  }

  @Test
  void open_restoreThatWasCutShort_makesNoEmptyStore() throws IOException {
    Path part = Files.writeString(folder.resolve("keyway.db.part"), "half of it");

    assertRefused(folder, "restore", "keyway.db.part");
    assertThat(part).hasContent("half of it");
    assertThat(folder.resolve("keyway.db")).doesNotExist();
  }

  @Test
  void open_backup_refuses() {
    SqliteDatabase.open(folder).close();
    Path data = folder.resolve("data");
    DatabaseFile.prepareFolder(data.resolve("keyway.db"));
    Backup.write(folder, data.resolve("keyway.db"), Instant.EPOCH);

    assertRefused(data, "is a backup", "restore");
  }

  private static void assertRefused(Path data, String... why) {
    assertThatThrownBy(() -> SqliteDatabase.open(data))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContainingAll(why);
  }

  @Test
  void open_newerSchema_refuses() {
    try (var database = SqliteDatabase.open(folder)) {
      database.run(handle ->
          handle.execute(
              """
              INSERT INTO flyway_schema_history (installed_rank, version, description, type,
                script, checksum, installed_by, installed_on, execution_time, success)
              SELECT 900, '900', 'later', type, 'V900__later.sql', 1, '', installed_on, 1, 1
                FROM flyway_schema_history WHERE version = '1'
              """));
    }
    assertThatThrownBy(() -> SqliteDatabase.open(folder))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("newer");
  }

  @Test
  void read_work_cannotWrite() {
    try (var database = SqliteDatabase.open(folder)) {
      assertThatThrownBy(() -> database.read(handle -> handle.execute("DELETE FROM epoch")))
          .isInstanceOf(UnavailableException.class);
      assertThat(database.<Integer>read(SqliteDatabaseTest::epochRows)).isEqualTo(1);
    }
  }

  @Test
  void isWritable_afterAFailedCommit_isTriedByWriting() throws IOException {
    try (var database = SqliteDatabase.open(folder)) {
      assertThatThrownBy(() -> database.run(SqliteDatabaseTest::failToCommit))
          .isInstanceOf(UnavailableException.class);
      Path journal = folder.resolve("keyway.db-wal");
      long before = Files.size(journal);

      assertThat(database.isWritable()).isTrue();
      assertThat(Files.size(journal)).isGreaterThan(before);
    }
  }

  /** A deferred constraint is one that only the commit looks at. */
  private static void failToCommit(Handle handle) {
    handle.execute("PRAGMA defer_foreign_keys = 1");
    handle.execute("INSERT INTO change_entity VALUES (99, 'key', 'key_x')");
  }

  @Test
  void write_closed_isUnavailable() {
    var database = SqliteDatabase.open(folder);
    database.close();

    assertThatThrownBy(() -> database.run(handle -> {})).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> database.read(SqliteDatabaseTest::epochRows))
        .isInstanceOf(UnavailableException.class);
  }

  private static Integer epochRows(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM epoch").mapTo(Integer.class).one();
  }

  private static String pragma(SqliteDatabase database, String name) {
    return database.write(handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
