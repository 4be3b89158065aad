package dev.keyway.store.sql;

import org.junit.jupiter.api.Nested;

/** What is special about stores in SQL; what any store does is in the contract kit. */
public abstract class SqlStoresContract {

  /** Opens a database that holds nothing; each test closes its own. */
  protected abstract SqlStores open();

  /** The question that has the names of all tables for an answer. */
  protected abstract String tables();

  @Nested
  class AtomicityTest extends AtomicityContract {
    @Override
    SqlStores open() {
      return SqlStoresContract.this.open();
    }

    @Override
    String tables() {
      return SqlStoresContract.this.tables();
    }
  }

  @Nested
  class SqlApiKeyStoreTest extends SqlApiKeyStoreContract {
    @Override
    SqlStores open() {
      return SqlStoresContract.this.open();
    }
  }

  @Nested
  class SqlAccountStoreTest extends SqlAccountStoreContract {
    @Override
    SqlStores open() {
      return SqlStoresContract.this.open();
    }
  }

  @Nested
  class SqlDigestStoreTest extends SqlDigestStoreContract {
    @Override
    SqlStores open() {
      return SqlStoresContract.this.open();
    }
  }

  @Nested
  class SqlTombstonesTest extends SqlTombstonesContract {
    @Override
    SqlStores open() {
      return SqlStoresContract.this.open();
    }
  }

  @Nested
  class SqlUsageStoreTest extends SqlUsageStoreContract {
    @Override
    SqlStores open() {
      return SqlStoresContract.this.open();
    }
  }
}
