package dev.keyway.store.sqlite;

import dev.keyway.core.contract.Stores;
import dev.keyway.core.contract.StoresContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** SQLite does what every store has to do. */
class SqliteStoresTest extends StoresContract {
  @TempDir static Path folders;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Override
  protected Stores open() {
    return new SqliteStores(folders.resolve(String.valueOf(NUMBER.incrementAndGet())));
  }
}
