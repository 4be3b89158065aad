package dev.keyway.store.sql;

import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.WindowStore.QuotaUse;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of calendar periods: one of each subject, of the latest period that it used. */
final class SqlQuotas {
  static final String FIND =
      """
      SELECT starts_at, ends_at, used, reserve FROM limit_quota
      WHERE subject_id = :id AND limit_name = :limit AND subject_kind = :by
      """;

  private SqlQuotas() {}

  static Optional<QuotaUse> find(Handle handle, CountedSubject subject) {
    return handle
        .createQuery(FIND)
        .bind("id", subject.id())
        .bind("limit", subject.limit())
        .bind("by", subject.by().text())
        .map((row, _) ->
            new QuotaUse(
                subject,
                row.getLong("starts_at"),
                row.getLong("ends_at"),
                row.getLong("used"),
                row.getInt("reserve")))
        .findOne();
  }

  static void put(Handle handle, List<QuotaUse> quotas) {
    var rows =
        handle.prepareBatch(
            """
            INSERT INTO limit_quota
              (limit_name, subject_kind, subject_id, starts_at, ends_at, used, reserve)
            VALUES (:limit, :by, :id, :starts, :ends, :used, :reserve)
            ON CONFLICT (subject_id, limit_name, subject_kind) DO UPDATE SET
              starts_at = excluded.starts_at, ends_at = excluded.ends_at,
              used = excluded.used, reserve = excluded.reserve
            """);
    for (QuotaUse quota : quotas) {
      rows.bind("limit", quota.subject().limit())
          .bind("by", quota.subject().by().text())
          .bind("id", quota.subject().id())
          .bind("starts", quota.startMillis())
          .bind("ends", quota.endMillis())
          .bind("used", quota.used())
          .bind("reserve", quota.reserve())
          .add();
    }
    rows.execute();
  }

  /**
   * Forgets some of what is long over; a great many end at the same instant.
   *
   * @param nowMillis the node's clock
   * @return how many rows
   */
  static int forget(Handle handle, long nowMillis, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM limit_quota WHERE (subject_id, limit_name, subject_kind) IN
              (SELECT q.subject_id, q.limit_name, q.subject_kind FROM limit_run r CROSS JOIN limit_quota q
                WHERE q.ends_at <= :before + r.epoch_at_zero
                LIMIT :most)
            """)
        .bind("before", nowMillis - QuotaUse.KEPT_MILLIS)
        .bind("most", most)
        .execute();
  }
}
