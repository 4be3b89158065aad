package dev.keyway.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;

/** What a commit that has succeeded says besides. */
final class Commits {
  private Commits() {}

  /** Whether there is more than notices, whose SQLSTATE is that of a success. */
  static boolean hasWarned(Connection connection) throws SQLException {
    for (SQLWarning said = connection.getWarnings(); said != null; said = said.getNextWarning()) {
      if (!"00000".equals(said.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
