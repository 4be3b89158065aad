package dev.keyway.store.move;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.store.postgres.MoveTarget;
import dev.keyway.store.postgres.PostgresDatabase;
import dev.keyway.store.postgres.PostgresServer;
import dev.keyway.store.postgres.PostgresSettings;
import dev.keyway.store.sql.Database;
import dev.keyway.store.sqlite.SqliteStores;
import dev.keyway.store.sqlite.StoppedStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever adds a table has to say here what becomes of it in a move. */
class CatalogueTest {
  /** Columns that a database over which several nodes stand has for itself. */
  private static final Set<String> OF_THE_CLUSTER =
      Set.of(
          "epoch.lease_ms",
          "epoch.longest_lease_ms",
          "epoch.lease_version",
          "node.id",
          "node.number",
          "node.acked",
          "node.name",
          "node.renewed_at");

  private static final String IN_SQLITE =
      """
      SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c
      WHERE t.type = 'table' AND t.name != 'flyway_schema_history'
      """;

  private static final String IN_POSTGRES =
      """
      SELECT c.relname || '.' || a.attname FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
        AND c.relname <> 'flyway_schema_history'
      """;

  @TempDir Path folder;

  @Test
  void tables_ofBothDatabases_areAllMovedOrTheClusters() {
    var moved = new HashSet<String>();
    List<Table> tables = tables();
    tables.forEach(
        table -> table.columns().forEach(column -> moved.add(table.name() + "." + column.name())));

    PostgresSettings settings = PostgresServer.shared().make();
    Set<String> inPostgres;
    try (var database = PostgresDatabase.open(settings)) {
      inPostgres = names(database, IN_POSTGRES);
    }
    Set<String> inSqlite;
    try (var stores = new SqliteStores(folder)) {
      inSqlite = names(stores.database(), IN_SQLITE);
    }
    assertThat(moved).isEqualTo(inSqlite);
    inPostgres.removeAll(OF_THE_CLUSTER);
    assertThat(inPostgres).isEqualTo(inSqlite);
  }

  @Test
  void tables_areBehindThoseTheyReferTo() {
    List<String> names = tables().stream().map(Table::name).toList();
    assertThat(names).containsSubsequence("change", "account", "membership");
    assertThat(names).containsSubsequence("workspace", "membership");
    assertThat(names).containsSubsequence("change", "api_key");
  }

  /** A move is only as well tested as the store that is moved. */
  @Test
  void fullStore_hasARowInEachTable() {
    var _ = FullStore.make(folder);
    var empty = new ArrayList<String>();
    List<Table> tables = tables();
    try (var stores = new SqliteStores(folder)) {
      for (Table table : tables) {
        if (stores.rows(table.name()) == 0) {
          empty.add(table.name());
        }
      }
    }
    assertThat(empty).isEmpty();
  }

  private List<Table> tables() {
    new SqliteStores(folder).close();
    try (var source = StoppedStore.open(folder);
        var target = MoveTarget.open(PostgresServer.shared().make())) {
      return Catalogue.tables(source.handle(), target.columns());
    }
  }

  private static Set<String> names(Database database, String question) {
    return database.read(handle ->
        handle.createQuery(question).mapTo(String.class).stream()
            .collect(Collectors.toCollection(HashSet::new)));
  }
}
