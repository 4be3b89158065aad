package dev.keyway.store.postgres;

import dev.keyway.core.contract.Stores;
import dev.keyway.core.contract.StoresContract;

/** PostgreSQL does what every store has to do. */
class PostgresStoresTest extends StoresContract {
  @Override
  protected Stores open() {
    return PostgresStores.open();
  }
}
