package dev.keyway.store.postgres;

import dev.keyway.store.UnusableDatabaseException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The one row that says which store was moved into a database. Where it is unfinished, rows are
 * missing, and no node may decide by what is there.
 *
 * @param source tells a store in one state from every other
 */
public record MoveMark(String source, boolean isFinished) {
  static final String TABLE = "store_move";

  private static final String IS_THERE =
      "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '"
          + TABLE
          + "'";

  /** Empty where nothing was ever moved to. */
  static Optional<MoveMark> read(Handle handle) {
    boolean isThere = handle.createQuery(IS_THERE).mapTo(Long.class).one() > 0;
    return isThere
        ? handle
            .createQuery("SELECT source, finished_at IS NOT NULL AS is_finished FROM store_move")
            .map((row, _) -> new MoveMark(row.getString("source"), row.getBoolean("is_finished")))
            .findOne()
        : Optional.empty();
  }

  static MoveMark begin(Handle handle, String source, Instant at) {
    handle.execute(
        """
        CREATE TABLE store_move (
          source      TEXT NOT NULL,
          begun_at    BIGINT NOT NULL,
          finished_at BIGINT
        )
        """);
    handle.execute(
        "INSERT INTO store_move (source, begun_at) VALUES (?, ?)", source, at.toEpochMilli());
    return new MoveMark(source, false);
  }

  static MoveMark finish(Handle handle, Instant at) {
    handle.execute("UPDATE store_move SET finished_at = ?", at.toEpochMilli());
    return read(handle).orElseThrow();
  }

  /**
   * Looks whether a database holds the whole of what is moved to it.
   *
   * @throws UnusableDatabaseException when it does not yet
   */
  static void requireFinished(DataSource source) throws SQLException {
    try (Handle handle = Jdbi.open(source)) {
      if (read(handle).filter(mark -> !mark.isFinished).isPresent()) {
        throw new UnusableDatabaseException(
            "a store is being moved to the PostgreSQL database, and not all of it is there; run 'keyway migrate-store' again",
            null);
      }
    } catch (JdbiException e) {
      throw e.getCause() instanceof SQLException driver ? driver : new SQLException(e);
    }
  }
}
