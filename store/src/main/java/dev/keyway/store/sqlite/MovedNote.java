package dev.keyway.store.sqlite;

import dev.keyway.store.UnusableDatabaseException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The one table that a store has whose rows live on elsewhere. Served again it would accept keys
 * that were revoked there.
 *
 * @param to where they went, for people
 * @param at after when this file knows nothing
 */
record MovedNote(String to, Instant at) {
  static final String TABLE = "moved_note";

  private static final String IS_THERE =
      "SELECT COUNT(*) FROM sqlite_master WHERE name = '" + TABLE + "'";

  static void write(Handle handle, MovedNote note) {
    handle.execute("CREATE TABLE moved_note (moved_to TEXT NOT NULL, moved_at BIGINT NOT NULL)");
    handle.execute(
        "INSERT INTO moved_note (moved_to, moved_at) VALUES (?, ?)",
        note.to,
        note.at.toEpochMilli());
  }

  /** Empty for a store that is still the only one of its rows. */
  static Optional<MovedNote> read(Handle handle) {
    boolean isThere = handle.createQuery(IS_THERE).mapTo(Boolean.class).one();
    return isThere
        ? handle
            .createQuery("SELECT moved_to, moved_at FROM moved_note")
            .map((row, _) ->
                new MovedNote(
                    row.getString("moved_to"), Instant.ofEpochMilli(row.getLong("moved_at"))))
            .findOne()
        : Optional.empty();
  }

  static void remove(Handle handle) {
    handle.execute("DROP TABLE moved_note");
  }

  /** Says where the rows are, and how to go back to these without giving a number twice. */
  UnusableDatabaseException refusal(Path file) {
    return new UnusableDatabaseException(
        "%s was moved to %s at %s; name that by 'store:' in keyway.yaml. To go back to what this file holds, and forget all that was done since: 'keyway backup' of it, then 'keyway restore' to an empty folder"
            .formatted(file, to, at),
        null);
  }
}
