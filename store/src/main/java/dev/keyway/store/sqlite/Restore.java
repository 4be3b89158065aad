package dev.keyway.store.sqlite;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.sql.RestoredStore;
import dev.keyway.store.sql.StoreContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteDataSource;

/** Makes the store of a data folder from a backup. */
public final class Restore {
  private Restore() {}

  /**
   * What was restored.
   *
   * @param takenAt when the backup was made
   * @param backedUp what it held, with the last change of rights it knows
   * @param nextChange the number of the first change of rights from now on
   */
  public record Restored(Instant takenAt, StoreContents backedUp, long nextChange) {}

  /**
   * Checks a backup, copies it, brings it to this program's schema and ends in it what must not
   * come back to life. The store is there whole or not at all.
   *
   * @param folder a data folder without a store
   * @param now the time by a clock that has not been set back since an earlier restore
   * @param event makes the row of the trail, given what was restored
   * @throws UnusableDatabaseException when the file is no sound backup of a Keyway store, is newer
   *     than this program, or cannot be copied
   */
  public static Restored run(
      Path backup, Path folder, Instant now, Function<Restored, AuditEvent> event) {
    Path file = folder.resolve(SqliteDatabase.FILE_NAME);
    Path part = DatabaseFile.restoring(file);
    if (!Files.isRegularFile(backup)) {
      throw new UnusableDatabaseException("there is no file " + backup, null);
    }
    DatabaseFile.requireNoJournal(file);
    DatabaseFile.create(part);
    try {
      copy(backup, part);
      SQLiteDataSource source = SqliteDatabase.source(part);
      Instant takenAt = check(backup, source);
      SqliteDatabase.migrate(backup, source);
      Restored restored = settle(source, takenAt, now, event);
      DatabaseFile.publish(part, file);
      return restored;
    } catch (SQLException | JdbiException | FlywayException | IOException e) {
      Throwable cause = e.getCause();
      throw new UnusableDatabaseException(
          "cannot restore "
              + backup
              + ": "
              + SqliteDatabase.reason(cause instanceof Exception driver ? driver : e),
          e);
    } finally {
      DatabaseFile.discardWhole(part);
    }
  }

  private static void copy(Path backup, Path part) throws IOException {
    try (var in = Files.newInputStream(backup);
        var out = Files.newOutputStream(part, StandardOpenOption.WRITE)) {
      in.transferTo(out);
    }
  }

  /** Reads the whole file; a backup is the one thing whose damage nobody else would notice. */
  private static Instant check(Path backup, SQLiteDataSource source) {
    try (Handle handle = Jdbi.open(source)) {
      String state =
          handle
              .createQuery("PRAGMA integrity_check(1)")
              .mapTo(String.class)
              .findFirst()
              .orElse("");
      if (!state.equals("ok")) {
        throw new UnusableDatabaseException(backup + " is damaged; take another backup", null);
      }
      return BackupNote.read(handle)
          .orElseThrow(() ->
              new UnusableDatabaseException(
                  backup + " is no backup of a Keyway store; 'keyway backup' makes one", null));
    }
  }

  private static Restored settle(
      SQLiteDataSource source, Instant takenAt, Instant now, Function<Restored, AuditEvent> event) {
    try (Handle handle = Jdbi.open(source)) {
      Restored settled =
          handle.inTransaction(transaction -> {
            var contents = StoreContents.of(transaction);
            long head = RestoredStore.headAt(now, contents.lastChange());
            var restored = new Restored(takenAt, contents, head + 1);
            BackupNote.remove(transaction);
            RestoredStore.settle(transaction, head, event.apply(restored));
            return restored;
          });
      endJournal(handle);
      return settled;
    }
  }

  /** Puts everything into the one file. Closing would try the same and not say that it failed. */
  private static void endJournal(Handle handle) {
    String mode = handle.createQuery("PRAGMA journal_mode = DELETE").mapTo(String.class).one();
    if (!mode.equals("delete")) {
      throw new UnusableDatabaseException("cannot write all of the restored store", null);
    }
  }
}
