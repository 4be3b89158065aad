package dev.keyway.store.sql;

import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.Period;
import dev.keyway.core.limit.WindowStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      SELECT 'passed' AS what, w.admitted_at - r.epoch_at_zero AS at_millis, w.requests AS requests,
          w.reserve AS reserve
        FROM limit_run r CROSS JOIN limit_window w
        WHERE w.subject_id = :id AND w.limit_name = :limit AND w.subject_kind = :by
          AND w.admitted_at > :after + r.epoch_at_zero
      UNION ALL
      SELECT 'gap', g.at - r.epoch_at_zero, 0, 0
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
      // After an end in order there are none, and after a crash nobody knows what they were used
      // for.
      handle.execute("UPDATE limit_quota SET used = used + reserve, reserve = 0 WHERE reserve > 0");
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
              UPDATE limit_window
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
  public void write(List<Entry> batch) {
    List<Admissions> admissions = new ArrayList<>();
    List<QuotaUse> quotas = new ArrayList<>();
    for (Entry entry : batch) {
      switch (entry) {
        case Admissions some -> admissions.add(some);
        case QuotaUse quota -> quotas.add(quota);
      }
    }
    transactions.run(handle -> {
      if (!admissions.isEmpty()) {
        add(handle, admissions);
      }
      if (!quotas.isEmpty()) {
        SqlQuotas.put(handle, quotas);
      }
    });
  }

  @Override
  public Kept read(CountedSubject subject, long afterMillis) {
    return transactions.read(handle -> {
      List<Passed> passed = new ArrayList<>();
      List<Long> gaps = new ArrayList<>();
      handle
          .createQuery(READ)
          .bind("id", subject.id())
          .bind("limit", subject.limit())
          .bind("by", subject.by().text())
          .bind("after", afterMillis)
          .map((row, _) -> {
            long at = row.getLong("at_millis");
            return row.getString("what").equals("gap")
                ? gaps.add(at)
                : passed.add(new Passed(at, row.getInt("requests"), row.getInt("reserve")));
          })
          .list();
      return new Kept(passed, gaps);
    });
  }

  @Override
  public Optional<QuotaUse> quota(CountedSubject subject) {
    return transactions.read(handle -> SqlQuotas.find(handle, subject));
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
                      DELETE FROM limit_window WHERE counts_until IN
                        (SELECT w.counts_until FROM limit_run r CROSS JOIN limit_window w
                          WHERE w.counts_until <= :now + r.epoch_at_zero
                          ORDER BY w.counts_until LIMIT :chunk)
                      """)
                  .bind("now", nowMillis)
                  .bind("chunk", CHUNK)
                  .execute());
    } while (forgotten >= CHUNK);
    transactions.run(handle ->
        handle
            .createUpdate(
                "DELETE FROM limit_gap WHERE at < :now + (SELECT epoch_at_zero FROM limit_run)")
            .bind("now", nowMillis - 2 * Period.Rolling.GREATEST.toMillis())
            .execute());
    int quotas;
    do {
      quotas = transactions.write(handle -> SqlQuotas.forget(handle, nowMillis, CHUNK));
    } while (quotas >= CHUNK);
  }

  @Override
  public void end() {
    transactions.run(handle -> {
      handle.execute("UPDATE limit_quota SET reserve = 0 WHERE reserve > 0");
      handle.execute("UPDATE limit_run SET is_open = 0");
    });
  }

  /** What seems to lie ahead was written before the clock was set back. */
  private static void bringBack(Handle handle, long now) {
    handle
        .createUpdate(
            """
            UPDATE limit_window
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
            INSERT INTO limit_window
              (limit_name, subject_kind, subject_id, admitted_at, counts_until, requests, reserve)
            SELECT :limit, :by, :id, :at + r.epoch_at_zero, :until + r.epoch_at_zero, :requests,
              :reserve
            FROM limit_run r
            """);
    for (Admissions some : batch) {
      rows.bind("limit", some.subject().limit())
          .bind("by", some.subject().by().text())
          .bind("id", some.subject().id())
          .bind("at", some.atMillis())
          .bind("until", some.untilMillis())
          .bind("requests", some.requests())
          .bind("reserve", some.reserve())
          .add();
    }
    rows.execute();
  }
}
