package dev.keyway.store.postgres;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/**
 * Transactions that only read, each in one snapshot. PostgreSQL would otherwise take a new one for
 * each statement; JDBI's own way to ask for it sets the session.
 */
final class Snapshots extends DelegatingTransactionHandler {
  Snapshots() {
    super(LocalTransactionHandler.binding());
  }

  private Snapshots(TransactionHandler bound) {
    super(bound);
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new Snapshots(getDelegate().specialize(handle));
  }

  @Override
  public void begin(Handle handle) {
    super.begin(handle);
    handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  }
}
