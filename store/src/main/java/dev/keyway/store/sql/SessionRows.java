package dev.keyway.store.sql;

import dev.keyway.core.tenancy.AccountId;
import org.jdbi.v3.core.Handle;

/** What other transactions do to sessions. */
final class SessionRows {
  private SessionRows() {}

  static void endAll(Handle handle, AccountId account) {
    handle.execute("DELETE FROM session WHERE account_id = ?", account.text());
  }
}
