package dev.keyway.store.move;

import dev.keyway.store.UnusableDatabaseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds. SQLite's columns hold whatever is put there, so each value is looked at;
 * truths are the numbers 0 and 1 on both sides.
 */
enum Kind {
  TEXT("text"),
  WHOLE("int8"),
  BYTES("bytea");

  private final String type;

  Kind(String type) {
    this.type = type;
  }

  /**
   * The kind of a column.
   *
   * @param type as PostgreSQL's information schema names it
   * @throws UnusableDatabaseException when values of this type were never moved
   */
  static Kind of(String table, String column, String type) {
    return switch (type) {
      case "text" -> TEXT;
      case "bigint", "integer" -> WHOLE;
      case "bytea" -> BYTES;
      default ->
          throw new UnusableDatabaseException(
              "%s.%s is of type %s, which cannot be moved".formatted(table, column, type), null);
    };
  }

  /** The type of the arrays that values go to PostgreSQL in. */
  String type() {
    return type;
  }

  /** Values as the driver takes them for an array. */
  Object[] array(List<? extends @Nullable Object> values) {
    return switch (this) {
      case TEXT -> values.toArray(String[]::new);
      case WHOLE -> values.toArray(Long[]::new);
      case BYTES -> values.toArray(byte[][]::new);
    };
  }

  /** Whether both databases can hold a value in a column of this kind, and mean the same by it. */
  boolean holds(Object value) {
    return switch (this) {
      // PostgreSQL has no text with U+0000.
      case TEXT -> value instanceof String text && text.indexOf(0) < 0;
      case WHOLE -> value instanceof Long;
      case BYTES -> value instanceof byte[];
    };
  }
}
