package dev.keyway.store.sql;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The sequence of changes in SQL. */
public final class SqlChangeLog implements ChangeLog {
  private final Transactions transactions;

  public SqlChangeLog(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public long head() {
    return transactions.read(Changes::head);
  }

  @Override
  public Optional<Change> find(long seq) {
    return transactions.read(handle -> Changes.find(handle, seq));
  }

  @Override
  public List<Change> after(long seq, int most) {
    return transactions.read(handle -> Changes.after(handle, seq, most));
  }

  @Override
  public List<Long> unconfirmed() {
    return transactions.read(handle ->
        handle
            .createQuery("SELECT c.seq FROM change c WHERE c.effective_at IS NULL ORDER BY c.seq")
            .mapTo(Long.class)
            .list());
  }

  @Override
  public Instant markEffective(long seq, Instant at) {
    return transactions.write(handle -> {
      handle
          .createUpdate(
              """
              UPDATE change SET effective_at = :at
              WHERE seq = :seq AND effective_at IS NULL
              """)
          .bind("at", at.toEpochMilli())
          .bind("seq", seq)
          .execute();
      return handle
          .createQuery("SELECT effective_at FROM change WHERE seq = :seq")
          .bind("seq", seq)
          .mapTo(Long.class)
          .map(Instant::ofEpochMilli)
          .one();
    });
  }

  @Override
  public void markAllEffective(Instant at) {
    transactions.run(handle ->
        handle
            .createUpdate(
                """
                UPDATE change
                SET effective_at = CASE WHEN committed_at > :at THEN committed_at ELSE :at END
                WHERE effective_at IS NULL
                """)
            .bind("at", at.toEpochMilli())
            .execute());
  }
}
