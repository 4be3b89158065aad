package dev.keyway.store.sqlite;

import dev.keyway.store.sql.SqlStores;
import java.nio.file.Path;

/** Every port over one SQLite file, for tests. */
public final class SqliteStores extends SqlStores {
  public SqliteStores(Path folder) {
    super(open(folder));
  }

  private static SqliteDatabase open(Path folder) {
    Template.putInto(folder);
    return SqliteDatabase.open(folder);
  }
}
