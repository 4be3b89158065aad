package dev.keyway.bench.inside;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The indexes of a table that are not part of it, as the database itself describes them. */
final class Indexes {
  private final Connection connection;
  private final Map<String, String> statements = new LinkedHashMap<>();

  Indexes(Connection connection, String table) throws SQLException {
    this.connection = connection;
    try (var query =
        connection.prepareStatement(
            "SELECT name, sql FROM sqlite_master"
                + " WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")) {
      query.setString(1, table);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          statements.put(rows.getString(1), rows.getString(2));
        }
      }
    }
  }

  /** Takes them away: made at once over all rows they cost a fraction. */
  void drop() throws SQLException {
    for (String name : statements.keySet()) {
      execute("DROP INDEX " + name);
    }
  }

  /** Makes them again as they were. */
  void make() throws SQLException {
    for (String sql : statements.values()) {
      execute(sql);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
