package dev.keyway.store.sql;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.change.Place;
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
  public List<Change> from(long seq, int most) {
    return transactions.read(handle -> Changes.from(handle, seq, most));
  }

  @Override
  public List<Long> unconfirmed(Instant before, int most) {
    return transactions.read(handle ->
        handle
            .createQuery(
                """
                SELECT c.seq FROM change c WHERE c.effective_at IS NULL AND c.committed_at < :before
                ORDER BY c.seq LIMIT :most
                """)
            .bind("before", before.toEpochMilli())
            .bind("most", most)
            .mapTo(Long.class)
            .list());
  }

  @Override
  public Instant markEffective(Place change, Instant at) {
    return transactions.write(handle -> {
      handle
          .createUpdate(
              """
              UPDATE change SET effective_at = :at
              WHERE seq = :seq AND mark = :mark AND effective_at IS NULL
              """)
          .bind("at", at.toEpochMilli())
          .bindMethods(change)
          .execute();
      return handle
          .createQuery("SELECT effective_at FROM change WHERE seq = :seq AND mark = :mark")
          .bindMethods(change)
          .mapTo(Long.class)
          .map(Instant::ofEpochMilli)
          .findOne()
          .orElseThrow(() -> new UnavailableException("The store has lost a change.", null));
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
