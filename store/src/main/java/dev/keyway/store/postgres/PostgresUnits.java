package dev.keyway.store.postgres;

import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.Period;
import dev.keyway.core.limit.RateLimit;
import dev.keyway.core.limit.UnitLedger;
import dev.keyway.core.limit.UnitLife;
import dev.keyway.core.limit.UnitStore;
import dev.keyway.store.sql.Transactions;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Units from the database itself: of days and months in any case, of rolling windows where there is
 * no Redis.
 *
 * <p>What is granted counts as used at once, and only what is left of a quota is given back: a row
 * of a window counts for a window and a life of units, whatever becomes of it. All writes of the
 * database are as if one after another, so no two nodes are granted the same unit.
 */
public final class PostgresUnits implements UnitStore {
  private static final String NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

  /** More than a lone node's clocks may differ. */
  private static final long GAP_MARGIN_MILLIS = 1_000;

  private final Transactions transactions;

  /** Units of an installation. Windows and days go by the database's clock. */
  public PostgresUnits(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Grant> claim(List<Claim> claims) {
    if (claims.isEmpty()) {
      return List.of();
    }
    return transactions.write(handle -> {
      List<Grant> grants = new ArrayList<>();
      for (Claim claim : claims) {
        grants.add(
            switch (claim.period()) {
              case Period.Rolling rolling -> ofWindow(handle, claim, rolling);
              case Period.Calendar calendar -> ofQuota(handle, claim, calendar);
            });
      }
      return grants;
    });
  }

  /** Whether this installation never admitted anything. */
  public boolean isFirst() {
    return transactions.read(handle ->
        handle
            .createQuery(
                """
                SELECT is_open = 0 AND NOT EXISTS (SELECT 1 FROM limit_window)
                  AND NOT EXISTS (SELECT 1 FROM limit_gap)
                FROM limit_run
                """)
            .mapTo(Boolean.class)
            .one());
  }

  /** From now on it may have. */
  public void begun() {
    transactions.run(handle -> handle.execute("UPDATE limit_run SET is_open = 1"));
  }

  /** Forgets windows that count no more. */
  public void forget() {
    transactions.run(handle -> {
      long now = now(handle);
      handle
          .createUpdate("DELETE FROM limit_window WHERE counts_until <= :now")
          .bind("now", now)
          .execute();
      handle
          .createUpdate("DELETE FROM limit_gap WHERE at < :before")
          .bind("before", now - 2 * Period.Rolling.GREATEST.toMillis())
          .execute();
    });
  }

  @Override
  public void close() {
    // Windows forget by themselves, and what is left of quotas was given back before.
  }

  private static long now(Handle handle) {
    return handle.createQuery(NOW).mapTo(Long.class).one();
  }

  private static Grant ofWindow(Handle handle, Claim claim, Period.Rolling period) {
    long now = now(handle);
    long window = period.window().toMillis() + 1;
    long life = UnitLife.millis(period);
    long used =
        subject(
                handle.createQuery(
                    """
                    SELECT coalesce(sum(requests), 0) + (
                      SELECT coalesce(sum(greatest(:least, (
                          SELECT max(w.reserve) FROM limit_window w
                          WHERE w.subject_id = :id AND w.limit_name = :limit
                            AND w.subject_kind = :by AND w.admitted_at <= g.at))), 0)
                      FROM limit_gap g WHERE g.at > :now - :window - :margin)
                    FROM limit_window
                    WHERE subject_id = :id AND limit_name = :limit AND subject_kind = :by
                      AND counts_until > :now
                    """),
                claim.subject())
            .bind("now", now)
            .bind("window", window)
            .bind("margin", GAP_MARGIN_MILLIS)
            // What a lone node may have admitted without writing it, if it broke off before the
            // store was moved here: a tenth at least.
            .bind("least", (claim.allowed() + 9) / 10)
            .mapTo(Long.class)
            .one();
    int units = units(claim, claim.allowed() - used, Integer.MAX_VALUE);
    if (units > 0) {
      subject(
              handle.createUpdate(
                  """
                  INSERT INTO limit_window (limit_name, subject_kind, subject_id, admitted_at,
                    counts_until, requests, reserve)
                  VALUES (:limit, :by, :id, :now, :until, :units, 0)
                  """),
              claim.subject())
          .bind("now", now)
          .bind("until", now + window + life)
          .bind("units", units)
          .execute();
    }
    long missing = Math.max(1, used + units + claim.least() - claim.allowed());
    long wait = Math.max(1, freeAt(handle, claim.subject(), now, missing, window + now) - now);
    return grant(claim, units, used, wait, UnitLife.spendableMillis(period));
  }

  /** When so many units have ceased to count. */
  private static long freeAt(
      Handle handle, CountedSubject subject, long now, long missing, long otherwise) {
    return subject(
            handle.createQuery(
                """
                SELECT min(counts_until) FROM (
                  SELECT counts_until, sum(requests) OVER (ORDER BY counts_until) AS freed
                  FROM limit_window
                  WHERE subject_id = :id AND limit_name = :limit AND subject_kind = :by
                    AND counts_until > :now) AS ends
                WHERE freed >= :missing
                """),
            subject)
        .bind("now", now)
        .bind("missing", missing)
        .mapTo(Long.class)
        .findOne()
        .orElse(otherwise);
  }

  private static Grant ofQuota(Handle handle, Claim claim, Period.Calendar calendar) {
    long now = now(handle);
    Quota kept = Quota.find(handle, claim.subject());
    // A period that has begun is not left backwards.
    long start = Math.max(calendar.startMillis(now), calendar.startMillis(kept.startMillis()));
    boolean isSame = calendar.startMillis(kept.startMillis()) == start;
    long end = calendar.endMillis(start);
    int back = isOf(start, end, now + claim.droppedMillis()) ? claim.dropped() : 0;
    long used = isSame ? Math.max(0, kept.used() - back) : 0;
    // A crash costs no more than it costs a lone node.
    int units = units(claim, claim.allowed() - used, RateLimit.MAX_QUOTA_RESERVE);
    Quota.put(handle, claim.subject(), start, end, used + units);
    return grant(claim, units, used, Math.max(1, end - now), Math.max(1, end - now));
  }

  /**
   * Whether units that could have been spent until an instant are of a period: they could until its
   * end or, of the one before, until its start; the node's clock and the way here blur that.
   */
  static boolean isOf(long start, long end, long until) {
    return Math.abs(end - until) < Math.abs(start - until);
  }

  /** As many as are wanted, and of what is free no more than others can bear. */
  private static int units(Claim claim, long room, long most) {
    int needed = Math.max(0, claim.least());
    if (room < needed) {
      return 0;
    }
    long fair = Math.max(needed, Math.min(most, room / UnitLedger.SPREAD));
    return (int) Math.min(fair, Math.max(needed, claim.wanted() - claim.inHand()));
  }

  private static Grant grant(Claim claim, int units, long used, long wait, long life) {
    boolean isEnough = claim.least() == 0 || units > 0;
    long free = Math.max(0, claim.allowed() - used - units);
    return new Grant(isEnough ? Outcome.GRANTED : Outcome.FULL, units, false, free, wait, life);
  }

  private static <S extends SqlStatement<S>> S subject(S statement, CountedSubject subject) {
    return statement
        .bind("id", subject.id())
        .bind("limit", subject.limit())
        .bind("by", subject.by().text());
  }

  /** A row of a quota. */
  private record Quota(long startMillis, long used) {
    static Quota find(Handle handle, CountedSubject subject) {
      return subject(
              handle.createQuery(
                  """
                  SELECT starts_at, used FROM limit_quota
                  WHERE subject_id = :id AND limit_name = :limit AND subject_kind = :by
                  """),
              subject)
          .map((row, _) -> new Quota(row.getLong("starts_at"), row.getLong("used")))
          .findOne()
          .orElse(new Quota(0, 0));
    }

    static void put(Handle handle, CountedSubject subject, long start, long end, long used) {
      subject(
              handle.createUpdate(
                  """
                  INSERT INTO limit_quota
                    (limit_name, subject_kind, subject_id, starts_at, ends_at, used, reserve)
                  VALUES (:limit, :by, :id, :start, :end, :used, 0)
                  ON CONFLICT (subject_id, limit_name, subject_kind) DO UPDATE SET
                    starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                    used = excluded.used, reserve = 0
                  """),
              subject)
          .bind("start", start)
          .bind("end", end)
          .bind("used", used)
          .execute();
    }
  }
}
