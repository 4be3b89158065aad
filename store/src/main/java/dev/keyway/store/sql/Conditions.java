package dev.keyway.store.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/** The conditions of a statement, all of which must hold, with their values. */
final class Conditions {
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, Collection<?>> lists = new HashMap<>();

  Conditions and(String condition) {
    conditions.add(condition);
    return this;
  }

  Conditions and(String condition, String name, Object value) {
    values.put(name, value);
    return and(condition);
  }

  /** Gives a value to a name that a condition uses. */
  Conditions with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Gives values to a name that a condition uses as {@code IN (<name>)}; not for none. */
  Conditions withList(String name, Collection<?> list) {
    lists.put(name, list);
    return this;
  }

  /** Restricts a column to some values; none means any. */
  Conditions inUnlessEmpty(String column, String name, Collection<?> list) {
    if (list.isEmpty()) {
      return this;
    }
    // Several values of an index are not in the list's order: all their rows would be sorted.
    String compared = list.size() == 1 ? column : aside(column);
    return and(compared + " IN (<" + name + ">)").withList(name, list);
  }

  /**
   * A column as a condition that no index serves: for what is true of very many rows and stands
   * beside something narrower. Without statistics a database cannot know which of them to begin
   * with.
   */
  static String aside(String column) {
    return column + " || ''";
  }

  String sql() {
    return conditions.isEmpty() ? "1 = 1" : String.join(" AND ", conditions);
  }

  <S extends SqlStatement<S>> S bindTo(S statement) {
    statement.bindMap(values);
    lists.forEach((name, list) -> statement.bindList(name, List.copyOf(list)));
    return statement;
  }
}
