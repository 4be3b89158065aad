package dev.keyway.store.postgres;

import dev.keyway.store.sql.SqlStores;
import dev.keyway.store.sql.SqlStoresContract;

/** The statements do in PostgreSQL what they must. */
class PostgresSqlStoresTest extends SqlStoresContract {
  @Override
  protected SqlStores open() {
    return PostgresStores.open();
  }

  @Override
  protected String tables() {
    return "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename";
  }
}
