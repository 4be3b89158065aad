package dev.keyway.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.audit.Actor;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.contract.World;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.sqlite.Restore.Restored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private Path data;
  private Path file;
  private Path other;

  @BeforeEach
  void makeFolders() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    other = Files.createDirectory(folder.resolve("other"));
    file = folder.resolve("backup");
  }

  @Test
  void backup_inUse_restoresToWhatItWasThen() throws IOException {
    ApiKey kept;
    ApiKey revokedLater;
    try (var stores = new SqliteStores(data)) {
      var world = new World(stores);
      kept = world.key(world.account("memo")).add();
      revokedLater = world.key(world.account("memo")).add();
      Backup.write(data, file, NOW);
      revoke(stores, revokedLater, world.event());
      var _ = world.key(world.account("memo")).add();
    }
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**/*.part*");

    Restored restored = Restore.run(file, other, NOW, BackupTest::event);

    assertThat(restored.takenAt()).isEqualTo(NOW);
    assertThat(restored.backedUp().keys()).isEqualTo(2);
    assertThat(permissions(other.resolve("keyway.db"))).isEqualTo("rw-------");
    try (var stores = new SqliteStores(other)) {
      assertThat(stores.rows("api_key")).isEqualTo(2);
      assertThat(stores.apiKeys().find(kept.id())).isPresent();
      assertThat(stores.apiKeys().find(revokedLater.id()).orElseThrow().key().revokedAt()).isNull();
      assertThat(stores.rows("audit_event WHERE action = 'store.restore'")).isEqualTo(1);
    }
    try (var names = Files.list(other)) {
      assertThat(names.map(name -> name.getFileName().toString())).containsExactly("keyway.db");
    }
  }

  @Test
  void restore_neverGivesAChangesNumberAgain() {
    long lost;
    ApiKey key;
    try (var stores = new SqliteStores(data)) {
      var world = new World(stores);
      key = world.key(world.account("memo")).add();
      Backup.write(data, file, NOW);
      lost = revoke(stores, key, world.event());
    }
    long first = revokeIn(other, key, NOW);
    long again = revokeIn(folder.resolve("again"), key, NOW.plusSeconds(1));
    long byAWrongClock = revokeIn(folder.resolve("wrong"), key, Instant.EPOCH);

    assertThat(first).isGreaterThan(lost);
    assertThat(again).as("of the second restore of the same backup").isGreaterThan(first);
    assertThat(byAWrongClock).isGreaterThan(lost + 100_000);
  }

  /** The number that a revoke gets in what is restored at an instant. */
  private long revokeIn(Path restoredTo, ApiKey key, Instant now) {
    DatabaseFile.prepareFolder(restoredTo.resolve("keyway.db"));
    Restored restored = Restore.run(file, restoredTo, now, BackupTest::event);
    try (var stores = new SqliteStores(restoredTo)) {
      long number = revoke(stores, key, event("aud_after"));
      assertThat(number).isEqualTo(restored.nextChange());
      return number;
    }
  }

  @Test
  void restore_settlementThatStaysInTheJournal_isNotPublished() throws SQLException {
    SqliteDatabase.open(data).close();
    Backup.write(data, file, NOW);
    var open = new ArrayList<Connection>();
    try {
      assertThatThrownBy(() ->
              Restore.run(
                  file,
                  other,
                  NOW,
                  restored -> {
                    open.add(readFrom(other.resolve("keyway.db.part")));
                    return event(restored);
                  }))
          .isInstanceOf(UnusableDatabaseException.class);
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
    assertThat(other.resolve("keyway.db")).doesNotExist();
  }

  /** A read under way: as long as it goes on, the journal cannot be put into the file. */
  private static Connection readFrom(Path file) {
    try {
      Connection connection = SqliteDatabase.source(file).getConnection();
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.executeQuery("SELECT head FROM epoch").close();
      }
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void restore_endsWhatMustNotComeBack() {
    try (var stores = new SqliteStores(data)) {
      stores
          .database()
          .run(handle -> {
            handle.execute("INSERT INTO session VALUES ('digest', 'acc_1', 'csrf', 1, 1, 1)");
            handle.execute(
                "INSERT INTO account VALUES ('acc_9', 'memo', 'a@b', 'a@b', 'A', NULL, 'active',"
                    + " NULL, 1, NULL, 1)");
            handle.execute("INSERT INTO invitation VALUES ('digest', 'acc_9', 1)");
            handle.execute("INSERT INTO idempotency VALUES ('op', 'k', 'f', 1, 201, '{}')");
          });
      Backup.write(data, file, NOW);
    }
    var _ = Restore.run(file, other, NOW, BackupTest::event);
    try (var stores = new SqliteStores(other)) {
      assertThat(stores.rows("session")).isZero();
      assertThat(stores.rows("idempotency")).isZero();
      assertThat(stores.rows("invitation")).isZero();
      assertThat(stores.rows("limit_run WHERE is_open = 1")).as("as after a crash").isEqualTo(1);
    }
  }

  @Test
  void backup_existingFile_isLeftAlone() throws IOException {
    SqliteDatabase.open(data).close();
    Files.writeString(file, "precious");

    assertThatThrownBy(() -> Backup.write(data, file, NOW))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("exists already");
    assertThat(file).hasContent("precious");
  }

  @Test
  void backup_withoutAStore_makesNone() {
    assertThatThrownBy(() -> Backup.write(data, file, NOW))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("no store");
    assertThat(data).isEmptyDirectory();
    assertThat(file).doesNotExist();
  }

  @Test
  void restore_ofAnythingElse_isRefusedAndLeavesNothing() throws IOException {
    SqliteDatabase.open(data).close();
    Path damaged = folder.resolve("damaged");
    Backup.write(data, damaged, NOW);
    byte[] bytes = Files.readAllBytes(damaged);
    Arrays.fill(bytes, 8_192, bytes.length, (byte) 0x5a);
    Files.write(damaged, bytes);
    Path text = Files.writeString(folder.resolve("text"), "no database, for certain".repeat(99));

    assertRefused(text, "no database");
    assertRefused(damaged, "damaged");
    assertRefused(data.resolve("keyway.db"), "no backup");
    assertRefused(folder.resolve("missing"), "no file");
  }

  @Test
  void restore_besideAnOldJournal_isRefusedAndLeavesIt() throws IOException {
    SqliteDatabase.open(data).close();
    Backup.write(data, file, NOW);
    Path journal = Files.writeString(other.resolve("keyway.db-wal"), "what the old store held");

    assertThatThrownBy(() -> Restore.run(file, other, NOW, BackupTest::event))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("keyway.db-wal");
    assertThat(journal).hasContent("what the old store held");
    assertThat(other.resolve("keyway.db")).doesNotExist();
  }

  private void assertRefused(Path backup, String why) {
    assertThatThrownBy(() -> Restore.run(backup, other, NOW, BackupTest::event))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining(why);
    assertThat(other).isEmptyDirectory();
  }

  private static long revoke(SqliteStores stores, ApiKey key, AuditEvent event) {
    return stores.apiKeys().revoke(key.id(), NOW, Precondition.NONE, event).orElseThrow().seq();
  }

  private static AuditEvent event(Restored restored) {
    assertThat(restored.takenAt()).isEqualTo(NOW);
    return event("aud_restore");
  }

  private static AuditEvent event(String id) {
    return new AuditEvent(
        id,
        NOW,
        "store.restore",
        AuditEvent.Outcome.DONE,
        new Actor(Actor.Kind.SYSTEM, "local"),
        "local",
        "req_restore",
        AuditEvent.Subject.NONE,
        null);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
