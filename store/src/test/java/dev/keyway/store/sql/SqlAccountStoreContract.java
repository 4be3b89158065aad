package dev.keyway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import org.junit.jupiter.api.Test;

abstract class SqlAccountStoreContract extends SqlContract {

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
