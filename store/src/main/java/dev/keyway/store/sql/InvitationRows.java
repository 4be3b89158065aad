package dev.keyway.store.sql;

import dev.keyway.core.tenancy.AccountId;
import org.jdbi.v3.core.Handle;

/** What other transactions do to invitations. */
final class InvitationRows {
  private InvitationRows() {}

  static void endAll(Handle handle, AccountId account) {
    handle.execute("DELETE FROM invitation WHERE account_id = ?", account.text());
  }
}
