package dev.keyway.bench.inside;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that are like one that exists, but for some columns. */
final class RowsLike implements AutoCloseable {
  private final List<String> columns;
  private final List<@Nullable Object> values;
  private final PreparedStatement insert;

  private RowsLike(List<String> columns, List<@Nullable Object> values, PreparedStatement insert) {
    this.columns = columns;
    this.values = values;
    this.insert = insert;
  }

  /** Rows like the first one that meets a condition. */
  static RowsLike first(Connection connection, String table, String condition) throws SQLException {
    var columns = new ArrayList<String>();
    var values = new ArrayList<@Nullable Object>();
    String query = "SELECT * FROM %s WHERE %s LIMIT 1".formatted(table, condition);
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      if (!row.next()) {
        throw new IllegalStateException("no row of " + table + " with " + condition);
      }
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        columns.add(row.getMetaData().getColumnName(i));
        values.add(row.getObject(i));
      }
    }
    String places = String.join(",", Collections.nCopies(columns.size(), "?"));
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)".formatted(table, String.join(",", columns), places);
    return new RowsLike(columns, values, connection.prepareStatement(sql));
  }

  /** Adds a row with these columns of its own. */
  void add(Map<String, ?> own) throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      Object value = own.get(columns.get(i));
      insert.setObject(i + 1, value != null ? value : values.get(i));
    }
    insert.addBatch();
  }

  void flush() throws SQLException {
    insert.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }
}
