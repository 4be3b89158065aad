package dev.keyway.store.sqlite;

import dev.keyway.store.sql.SqlStores;
import dev.keyway.store.sql.SqlStoresContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** The statements do in SQLite what they must. */
class SqliteSqlStoresTest extends SqlStoresContract {
  @TempDir static Path folders;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Override
  protected SqlStores open() {
    return new SqliteStores(folders.resolve(String.valueOf(NUMBER.incrementAndGet())));
  }

  @Override
  protected String tables() {
    return "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
  }
}
