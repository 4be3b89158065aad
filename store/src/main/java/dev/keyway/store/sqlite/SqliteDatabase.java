package dev.keyway.store.sqlite;

import dev.keyway.core.UnavailableException;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.migration.Dialect;
import dev.keyway.store.migration.Migrations;
import dev.keyway.store.sql.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A Keyway database in one SQLite file, with one thread that writes and two that read.
 *
 * <p>A commit is on the disk before its caller hears of it ({@code synchronous=FULL}); readers see
 * the last commit and wait for no writer (WAL). One process at a time may write to it.
 */
public final class SqliteDatabase implements Database {
  public static final String FILE_NAME = "keyway.db";

  private static final String DAMAGED = "it is damaged; restore a backup";

  /** Any table, if the one that Keyway's databases all have is missing. */
  private static final String FOREIGN_TABLE =
      """
      SELECT name FROM sqlite_master
       WHERE type = 'table'
         AND NOT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'flyway_schema_history')
      """;

  private static final String BACKUP_TABLE =
      "SELECT name FROM sqlite_master WHERE name = '" + BackupNote.TABLE + "'";

  /**
   * Sets a number that nobody reads. SQLite writes its page even if it is the same as before; a row
   * that is updated to what it holds is not written.
   */
  private static final String WRITE_PROBE = "PRAGMA user_version = 0";

  private static final int READERS = 2;
  private static final int MAX_WAITING = 10_000;

  /** A disk that is stuck must not hold its callers for good. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private final JobQueue writes = new JobQueue(MAX_WAITING);
  private final JobQueue reads = new JobQueue(MAX_WAITING);
  private final Writer writer;
  private final Reader[] readers = new Reader[READERS];

  private SqliteDatabase(SQLiteDataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    this.writer = new Writer(jdbi.open(), writes);
    for (int i = 0; i < READERS; i++) {
      Handle handle = jdbi.open();
      handle.execute("PRAGMA query_only = 1");
      readers[i] = new Reader(i + 1, handle, reads);
    }
  }

  /**
   * Opens the database of a folder, making both where they are missing, and brings it to this
   * program's schema.
   *
   * @throws UnusableDatabaseException when that cannot be
   */
  public static SqliteDatabase open(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    DatabaseFile.prepareFolder(file);
    SQLiteDataSource source = source(file);
    try {
      if (DatabaseFile.isMissing(file)) {
        DatabaseFile.make(file, made -> migrate(made, source(made)));
      }
      requireSound(file);
      requireUnmoved(file, source);
      migrate(file, source);
      requireWritable(source);
      var database = new SqliteDatabase(source);
      database.start();
      return database;
    } catch (SQLException | IOException | JdbiException | FlywayException e) {
      throw new UnusableDatabaseException("cannot open " + file + ": " + reason(e), e);
    }
  }

  @Override
  public boolean isWritable() {
    if (writer.hasFailed()) {
      try {
        run(handle -> handle.execute(WRITE_PROBE));
        writer.forgetFailure();
      } catch (UnavailableException e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    return submit(work, reads);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    return submit(work, writes);
  }

  @Override
  public int waitingWrites() {
    return writes.size();
  }

  @Override
  public int waitingReads() {
    return reads.size();
  }

  /** Finishes what waits, takes nothing more, and puts everything into the one file. */
  @Override
  public void close() {
    writes.close();
    reads.close();
    for (Reader reader : readers) {
      reader.close();
    }
    // The last connection: SQLite then writes the journal back into the file and removes it.
    writer.close();
  }

  private void start() {
    writer.start();
    for (Reader reader : readers) {
      reader.start();
    }
  }

  private static <T extends @Nullable Object> T submit(Function<Handle, T> work, JobQueue queue) {
    var job = new Job<T>(work);
    queue.add(job);
    return job.await(PATIENCE);
  }

  static SQLiteDataSource source(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  /** Looks through a file that may be damaged, or no store in use. */
  static void requireSound(Path file) throws SQLException {
    // Without settings of ours: to set the journal's mode is to write to a file that may be
    // another program's.
    var untouched = new SQLiteDataSource();
    untouched.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try (Connection connection = untouched.getConnection();
        Statement statement = connection.createStatement()) {
      try (var result = statement.executeQuery(DatabaseFile.question(file))) {
        if (result.next() && !"ok".equals(result.getString(1))) {
          throw new UnusableDatabaseException("cannot open " + file + ": " + DAMAGED, null);
        }
      }
      try (var foreign = statement.executeQuery(FOREIGN_TABLE)) {
        if (foreign.next()) {
          throw new UnusableDatabaseException(file + " is the database of another program", null);
        }
      }
      // In use it would give numbers of changes again, and bring ended sign-ins back.
      try (var backup = statement.executeQuery(BACKUP_TABLE)) {
        if (backup.next()) {
          throw new UnusableDatabaseException(
              file + " is a backup; make a store of it by 'keyway restore'", null);
        }
      }
    }
  }

  private static void requireUnmoved(Path file, SQLiteDataSource source) {
    try (Handle handle = Jdbi.open(source)) {
      MovedNote.read(handle)
          .ifPresent(note -> {
            throw note.refusal(file);
          });
    }
  }

  private static void requireWritable(SQLiteDataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(WRITE_PROBE);
    }
  }

  static void migrate(Path file, SQLiteDataSource source) throws SQLException, IOException {
    var migrations = new Migrations(source, Dialect.SQLITE);
    if (migrations.areApplied()) {
      return;
    }
    if (migrations.isNewerThanProgram()) {
      throw new UnusableDatabaseException(
          file + " was written by a newer Keyway; use that, or restore a backup", null);
    }
    migrations.apply();
  }

  /** What is wrong with a file, in a few words. */
  static String reason(Exception e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException failure
            ? failure.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (code) {
      case SQLITE_NOTADB -> "it is no database";
      case SQLITE_CORRUPT -> DAMAGED;
      // The second: there is no room either for the memory that readers and writers share.
      case SQLITE_FULL, SQLITE_IOERR_SHMSIZE -> "the disk is full; free some space and start again";
      case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_CANTOPEN, SQLITE_PERM ->
          "it or its folder cannot be written; see to their owner, permissions and mount";
      case SQLITE_BUSY -> "another program has it open; close that";
      default -> String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    };
  }
}
