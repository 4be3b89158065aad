package dev.keyway.store.sqlite;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The one table that backups have and stores in use have not: when the copy was made. */
final class BackupNote {
  static final String TABLE = "backup_note";

  private BackupNote() {}

  static void write(Handle handle, Instant takenAt) {
    handle.execute("CREATE TABLE backup_note (taken_at BIGINT NOT NULL)");
    handle.execute("INSERT INTO backup_note (taken_at) VALUES (?)", takenAt.toEpochMilli());
  }

  /** When the copy was made; empty for a file that is no backup. */
  static Optional<Instant> read(Handle handle) {
    boolean isThere =
        handle
            .createQuery("SELECT COUNT(*) FROM sqlite_master WHERE name = 'backup_note'")
            .mapTo(Boolean.class)
            .one();
    return isThere
        ? handle
            .createQuery("SELECT taken_at FROM backup_note")
            .mapTo(Long.class)
            .findOne()
            .map(Instant::ofEpochMilli)
        : Optional.empty();
  }

  static void remove(Handle handle) {
    handle.execute("DROP TABLE backup_note");
  }
}
