package dev.keyway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.contract.World;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.store.sqlite.SqliteStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlAccountStoreTest {
  @TempDir Path folder;
  private SqliteStores stores;
  private World world;

  @BeforeEach
  void open() {
    stores = new SqliteStores(folder);
    world = new World(stores);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void update_toDeleted_isRefused() {
    Account account = world.account("memo");

    assertThatThrownBy(() -> update(account, Account.Status.DELETED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stores.accounts().find(account.id())).contains(account);
  }

  private void update(Account account, Account.Status status) {
    var patch = new AccountStore.Patch(null, null, status);
    stores.accounts().update(account.id(), patch, world.tick(), Precondition.NONE, world.event());
  }
}
