package dev.keyway.store.sqlite;

import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.migration.Dialect;
import dev.keyway.store.migration.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteDataSource;

/**
 * The store of a server that is stopped, read as it was left: all reads are of one instant, and
 * nothing is written but the note of where it went.
 */
public final class StoppedStore implements AutoCloseable {
  private final Path file;
  private final SQLiteDataSource source;
  private final Handle handle;

  private StoppedStore(Path file, SQLiteDataSource source) {
    this.file = file;
    this.source = source;
    this.handle = Jdbi.open(source);
    handle.execute("PRAGMA query_only = 1");
    handle.begin();
  }

  /**
   * Opens the store of a data folder that the caller has locked.
   *
   * @throws UnusableDatabaseException when there is none that is sound, of this program's schema
   *     and was closed in order: a start after a crash settles what only a start can
   */
  public static StoppedStore open(Path folder) {
    Path file = folder.resolve(SqliteDatabase.FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new UnusableDatabaseException("there is no SQLite store in " + folder, null);
    }
    try {
      SqliteDatabase.requireSound(file);
      SQLiteDataSource source = SqliteDatabase.source(file);
      requireCurrent(file, source);
      var store = new StoppedStore(file, source);
      store.requireOrderlyEnd();
      return store;
    } catch (SQLException | IOException | JdbiException | FlywayException e) {
      throw new UnusableDatabaseException("cannot read " + file + ": " + reason(e), e);
    }
  }

  private static void requireCurrent(Path file, SQLiteDataSource source)
      throws SQLException, IOException {
    var migrations = new Migrations(source, Dialect.SQLITE);
    if (!migrations.areApplied()) {
      throw new UnusableDatabaseException(
          migrations.isNewerThanProgram()
              ? file + " was written by a newer Keyway; use that"
              : file + " was written by an older Keyway; start this one on it, and stop it",
          null);
    }
  }

  /** What limits admitted and did not write, only the next start can tell. */
  private void requireOrderlyEnd() {
    boolean isOpen = handle.createQuery("SELECT is_open FROM limit_run").mapTo(Boolean.class).one();
    if (isOpen) {
      close();
      throw new UnusableDatabaseException(
          file + " was not closed in order: start the server on it once more, and stop it", null);
    }
  }

  /** A connection that only reads, in one transaction. */
  public Handle handle() {
    return handle;
  }

  /**
   * Goes on if the store was not moved yet.
   *
   * @throws UnusableDatabaseException saying where it went
   */
  public void requireUnmoved() {
    MovedNote.read(handle)
        .ifPresent(note -> {
          throw note.refusal(file);
        });
  }

  /**
   * Notes that the rows live on elsewhere, if that is not noted yet: from then on no server starts
   * on this file. It is on the disk when this returns, and the store can only be closed.
   *
   * @param to where, for people
   */
  public void leaveTo(String to, Instant at) {
    boolean isNoted = MovedNote.read(handle).isPresent();
    handle.rollback();
    if (!isNoted) {
      try (Handle writer = Jdbi.open(source)) {
        writer.useTransaction(transaction -> MovedNote.write(transaction, new MovedNote(to, at)));
      }
    }
  }

  /** What is wrong with a file, in a few words. */
  public static String reason(Exception e) {
    return SqliteDatabase.reason(e.getCause() instanceof SQLException driver ? driver : e);
  }

  @Override
  public void close() {
    if (handle.isInTransaction()) {
      handle.rollback();
    }
    handle.close();
  }
}
