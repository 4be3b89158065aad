package dev.keyway.store.move;

import dev.keyway.store.migration.Dialect;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that both databases have.
 *
 * @param columns by name, so that both sides are read in one order
 * @param key its primary key in order; empty for a table without one
 */
record Table(String name, List<Column> columns, List<Column> key) {
  Table {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** What rows are ordered by. Without a key, by all of them: equal rows may stand as they like. */
  List<Column> order() {
    return key.isEmpty() ? columns : key;
  }

  /** The question for all rows, as if both databases compared text byte by byte. */
  String all(Dialect dialect) {
    return selection(columns) + ordered(dialect, "");
  }

  /** The question for the rows behind a key. */
  String after(Dialect dialect) {
    String marks = key.stream().map(_ -> "?").collect(Collectors.joining(", "));
    return "%s WHERE (%s) > (%s)%s"
        .formatted(selection(columns), names(key), marks, ordered(dialect, ""));
  }

  /** The question for the last key. */
  String lastKey(Dialect dialect) {
    return selection(key) + ordered(dialect, " DESC") + " LIMIT 1";
  }

  /** Adds rows, given as one array for each column. */
  String insertion() {
    String arrays =
        columns.stream()
            .map(column -> "?::" + column.kind().type() + "[]")
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) SELECT * FROM unnest(%s)"
        .formatted(quoted(), names(columns), arrays);
  }

  String quoted() {
    return '"' + name + '"';
  }

  private String selection(List<Column> wanted) {
    return "SELECT " + names(wanted) + " FROM " + quoted();
  }

  private String ordered(Dialect dialect, String direction) {
    return order().stream()
        .map(column -> column.quoted() + collation(dialect, column) + direction)
        .collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  private static String collation(Dialect dialect, Column column) {
    if (column.kind() != Kind.TEXT) {
      return "";
    }
    return switch (dialect) {
      case SQLITE -> " COLLATE BINARY";
      case POSTGRES -> " COLLATE \"C\"";
    };
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
  }
}
