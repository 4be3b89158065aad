package dev.keyway.core.memory;

import dev.keyway.core.contract.Stores;
import dev.keyway.core.contract.StoresContract;

/** The reference passes the kit; so a test of the kit that fails elsewhere fails for a reason. */
class InMemoryStoresTest extends StoresContract {
  @Override
  protected Stores open() {
    return new InMemoryStores();
  }
}
