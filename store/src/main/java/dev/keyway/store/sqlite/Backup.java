package dev.keyway.store.sqlite;

import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.sql.StoreContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteDataSource;

/**
 * Copies a Keyway database, as it is at one instant, into one file.
 *
 * <p>Another process may have the database open and write to it: readers and the writer of a WAL
 * database do not wait for each other, and a copy is one long read. Nothing in the folder is
 * changed.
 */
public final class Backup {
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private Backup() {}

  /**
   * What was written.
   *
   * @param takenAt after when the copy knows nothing
   */
  public record Written(Instant takenAt, StoreContents contents) {}

  /**
   * Writes a backup, whole or not at all, readable by its owner only.
   *
   * @param folder the data folder
   * @param target a file that must not exist
   * @param now noted in the copy, which knows all that was answered before; of a store that lives
   *     on elsewhere, when it went there
   * @throws UnusableDatabaseException when there is nothing to copy, or the copy cannot be written
   */
  public static Written write(Path folder, Path target, Instant now) {
    Path file = folder.resolve(SqliteDatabase.FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new UnusableDatabaseException("there is no store in " + folder, null);
    }
    if (Files.exists(target)) {
      throw new UnusableDatabaseException(target + " exists already and is left as it is", null);
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    DatabaseFile.create(part);
    try {
      copy(file, part);
      Written written = note(part, now);
      DatabaseFile.publish(part, target);
      return written;
    } catch (SQLException | JdbiException | IOException e) {
      throw new UnusableDatabaseException(
          "cannot write " + target + ": " + SqliteDatabase.reason(e), e);
    } finally {
      DatabaseFile.discard(part);
    }
  }

  private static void copy(Path file, Path part) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    try (Connection connection = source(file, config).getConnection();
        var statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, part.toAbsolutePath().toString());
      statement.execute();
    }
  }

  /** Notes in the copy when it was made, without leaving a journal beside it. */
  private static Written note(Path part, Instant now) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.MEMORY);
    try (Handle handle = Jdbi.open(source(part, config))) {
      Optional<MovedNote> moved = MovedNote.read(handle);
      if (moved.isPresent()) {
        MovedNote.remove(handle);
      }
      Instant takenAt = moved.map(MovedNote::at).orElse(now);
      BackupNote.write(handle, takenAt);
      return new Written(takenAt, StoreContents.of(handle));
    }
  }

  private static SQLiteDataSource source(Path file, SQLiteConfig config) {
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }
}
