package dev.keyway.store.move;

import dev.keyway.store.UnusableDatabaseException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A column that both databases have. */
record Column(String table, String name, Kind kind) {

  /** Its value in the row a result stands at: a text, a {@code Long}, bytes, or null. */
  @Nullable Object read(ResultSet row, int position) throws SQLException {
    Object read = row.getObject(position);
    Object value = read instanceof Integer number ? Long.valueOf(number) : read;
    if (value != null && !kind.holds(value)) {
      throw new UnusableDatabaseException(
          "%s.%s holds a value that PostgreSQL cannot have there".formatted(table, name), null);
    }
    return value;
  }

  /** Its name in a statement. */
  String quoted() {
    return '"' + name + '"';
  }
}
