package dev.keyway.store.move;

import dev.keyway.store.UnusableDatabaseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What there is to move, as the databases themselves say. */
final class Catalogue {
  /** Not rows of the store: its history of migrations, and the note of where it went. */
  private static final String TABLES =
      """
      SELECT name FROM sqlite_master
      WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
        AND name NOT IN ('flyway_schema_history', 'moved_note')
      ORDER BY name
      """;

  private final Handle source;
  private final Map<String, Map<String, String>> target;
  private final Map<String, Table> ordered = new LinkedHashMap<>();

  private Catalogue(Handle source, Map<String, Map<String, String>> target) {
    this.source = source;
    this.target = target;
  }

  /**
   * All tables of a source, each behind those that it refers to. Tables and columns that only the
   * target has are its own.
   *
   * @param target the types of its columns by name, by table
   * @throws UnusableDatabaseException when the target has no place for something
   */
  static List<Table> tables(Handle source, Map<String, Map<String, String>> target) {
    var catalogue = new Catalogue(source, target);
    source.createQuery(TABLES).mapTo(String.class).forEach(catalogue::add);
    return List.copyOf(catalogue.ordered.values());
  }

  private void add(String name) {
    if (ordered.containsKey(name)) {
      return;
    }
    for (String other : references(name)) {
      if (!other.equals(name)) {
        add(other);
      }
    }
    ordered.put(name, table(name));
  }

  private List<String> references(String name) {
    return source
        .createQuery("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?) ORDER BY 1")
        .bind(0, name)
        .mapTo(String.class)
        .list();
  }

  private Table table(String name) {
    Map<String, String> types = target.get(name);
    if (types == null) {
      throw noPlace(name);
    }
    return new Table(
        name,
        columns(name, "pragma_table_info(?) ORDER BY name", types),
        columns(name, "pragma_table_info(?) WHERE pk > 0 ORDER BY pk", types));
  }

  private List<Column> columns(String table, String which, Map<String, String> types) {
    return source
        .createQuery("SELECT name FROM " + which)
        .bind(0, table)
        .mapTo(String.class)
        .map(name -> {
          String type = types.get(name);
          if (type == null) {
            throw noPlace(table + "." + name);
          }
          return new Column(table, name, Kind.of(table, name, type));
        })
        .list();
  }

  private static UnusableDatabaseException noPlace(String what) {
    return new UnusableDatabaseException(
        "the PostgreSQL database has no place for " + what + ", which the store has", null);
  }
}
