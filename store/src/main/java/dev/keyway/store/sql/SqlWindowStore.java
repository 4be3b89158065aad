package dev.keyway.store.sql;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.limit.WindowStore;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The admissions of rate limits in SQL. Between the node's clock and the columns' epoch stands one
 * number, {@code limit_run.epoch_at_zero}, and each statement reads it for itself.
 */
public final class SqlWindowStore implements WindowStore {
  /** Rows removed at once: few enough that no revoke waits noticeably behind them. */
  private static final int CHUNK = 500;

  static final String READ =
      """
      SELECT 'passed' AS what, a.admitted_at - r.epoch_at_zero AS at_millis, a.requests AS requests
        FROM limit_run r CROSS JOIN limit_admission a
        WHERE a.key_id = :key AND a.limit_name = :limit
          AND a.admitted_at > :after + r.epoch_at_zero
      UNION ALL
      SELECT 'gap', g.at - r.epoch_at_zero, 0
        FROM limit_run r CROSS JOIN limit_gap g
        WHERE g.at > :after + r.epoch_at_zero
      """;

  private final Transactions transactions;

  public SqlWindowStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean begin(long nowMillis, long epochAtZero) {
    return transactions.write(handle -> {
      boolean inOrder =
          handle.createQuery("SELECT is_open FROM limit_run").mapTo(Integer.class).one() == 0;
      long now = nowMillis + epochAtZero;
      if (!inOrder) {
        handle.createUpdate("INSERT INTO limit_gap (at) VALUES (:now)").bind("now", now).execute();
      }
      bringBack(handle, now);
      handle
          .createUpdate("UPDATE limit_run SET is_open = 1, epoch_at_zero = :epoch")
          .bind("epoch", epochAtZero)
          .execute();
      return inOrder;
    });
  }

  @Override
  public void moveEpoch(long epochAtZero) {
    transactions.run(handle -> {
      long before =
          handle.createQuery("SELECT epoch_at_zero FROM limit_run").mapTo(Long.class).one();
      long by = epochAtZero - before;
      handle
          .createUpdate(
              """
              UPDATE limit_admission
              SET admitted_at = admitted_at + :by, counts_until = counts_until + :by
              """)
          .bind("by", by)
          .execute();
      handle.createUpdate("UPDATE limit_gap SET at = at + :by").bind("by", by).execute();
      handle
          .createUpdate("UPDATE limit_run SET epoch_at_zero = :epoch")
          .bind("epoch", epochAtZero)
          .execute();
    });
  }

  @Override
  public void append(List<Admissions> batch) {
    if (!batch.isEmpty()) {
      transactions.run(handle -> add(handle, batch));
    }
  }

  @Override
  public Kept read(ApiKeyId key, String limit, long afterMillis) {
    return transactions.read(handle -> {
      List<Passed> passed = new ArrayList<>();
      List<Long> gaps = new ArrayList<>();
      handle
          .createQuery(READ)
          .bind("key", key.toString())
          .bind("limit", limit)
          .bind("after", afterMillis)
          .map((row, _) -> {
            long at = row.getLong("at_millis");
            return row.getString("what").equals("gap")
                ? gaps.add(at)
                : passed.add(new Passed(at, row.getInt("requests")));
          })
          .list();
      return new Kept(passed, gaps);
    });
  }

  @Override
  public void forget(long nowMillis) {
    int forgotten;
    do {
      forgotten =
          transactions.write(handle ->
              handle
                  .createUpdate(
                      """
                      DELETE FROM limit_admission WHERE counts_until IN
                        (SELECT a.counts_until FROM limit_run r CROSS JOIN limit_admission a
                          WHERE a.counts_until <= :now + r.epoch_at_zero
                          ORDER BY a.counts_until LIMIT :chunk)
                      """)
                  .bind("now", nowMillis)
                  .bind("chunk", CHUNK)
                  .execute());
    } while (forgotten >= CHUNK);
    transactions.run(handle ->
        handle
            .createUpdate(
                "DELETE FROM limit_gap WHERE at < :now + (SELECT epoch_at_zero FROM limit_run)")
            .bind("now", nowMillis - 2 * RateLimit.MAX_WINDOW.toMillis())
            .execute());
  }

  @Override
  public void end() {
    transactions.run(handle -> handle.execute("UPDATE limit_run SET is_open = 0"));
  }

  /** What seems to lie ahead was written before the clock was set back. */
  private static void bringBack(Handle handle, long now) {
    handle
        .createUpdate(
            """
            UPDATE limit_admission
            SET admitted_at = :now, counts_until = counts_until - (admitted_at - :now)
            WHERE counts_until > :now AND admitted_at > :now
            """)
        .bind("now", now)
        .execute();
    handle
        .createUpdate("UPDATE limit_gap SET at = :now WHERE at > :now")
        .bind("now", now)
        .execute();
  }

  private static void add(Handle handle, List<Admissions> batch) {
    var rows =
        handle.prepareBatch(
            """
            INSERT INTO limit_admission (key_id, limit_name, admitted_at, counts_until, requests)
            SELECT :key, :limit, :at + r.epoch_at_zero, :until + r.epoch_at_zero, :requests
            FROM limit_run r
            """);
    for (Admissions some : batch) {
      rows.bind("key", some.key().toString())
          .bind("limit", some.limit())
          .bind("at", some.atMillis())
          .bind("until", some.untilMillis())
          .bind("requests", some.requests())
          .add();
    }
    rows.execute();
  }
}
