package dev.keyway.store.sql;

import dev.keyway.core.contract.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of stores in SQL share: an empty database, and a world to fill it with. */
abstract class SqlContract {
  SqlStores stores;
  World world;

  /** Opens a database that holds nothing. */
  abstract SqlStores open();

  @BeforeEach
  final void openStores() {
    stores = open();
    world = new World(stores);
  }

  @AfterEach
  final void closeStores() {
    stores.close();
  }
}
