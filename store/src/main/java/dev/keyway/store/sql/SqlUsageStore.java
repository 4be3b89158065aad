package dev.keyway.store.sql;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.UsageStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The use of keys in SQL. */
public final class SqlUsageStore implements UsageStore {
  /** Rows written at once: few enough that no revoke waits noticeably behind them. */
  private static final int CHUNK = 500;

  private final Transactions transactions;

  public SqlUsageStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void used(Map<ApiKeyId, Instant> lastUses) {
    // In pieces, which may be: writing one of them again changes nothing.
    List<Map.Entry<ApiKeyId, Instant>> uses = List.copyOf(lastUses.entrySet());
    for (int from = 0; from < uses.size(); from += CHUNK) {
      List<Map.Entry<ApiKeyId, Instant>> chunk =
          uses.subList(from, Math.min(uses.size(), from + CHUNK));
      transactions.run(handle -> write(handle, chunk));
    }
  }

  @Override
  public List<ApiKeyId> usedSince(Instant from, int most) {
    return transactions.read(handle ->
        handle
            .createQuery(
                """
                SELECT key_id FROM key_usage WHERE last_used_at >= :from
                ORDER BY last_used_at DESC, key_id LIMIT :most
                """)
            .bind("from", from.toEpochMilli())
            .bind("most", most)
            .mapTo(String.class)
            .map(text -> ApiKeyId.parse(text).orElseThrow())
            .list());
  }

  @Override
  public void refused(List<RefusalCount> counts) {
    if (!counts.isEmpty()) {
      // At once: a caller that was told of a failure adds all of them again.
      transactions.run(handle -> add(handle, counts));
    }
  }

  @Override
  public void forget(Instant before) {
    int forgotten;
    do {
      forgotten =
          transactions.write(handle ->
              handle
                  .createUpdate(
                      """
                      DELETE FROM refusal_count
                      WHERE (key_id, minute_at, reason, address_prefix) IN
                        (SELECT r.key_id, r.minute_at, r.reason, r.address_prefix
                          FROM refusal_count r WHERE r.minute_at < :before LIMIT :chunk)
                      """)
                  .bind("before", before.toEpochMilli())
                  .bind("chunk", CHUNK)
                  .execute());
    } while (forgotten == CHUNK);
  }

  private static void add(Handle handle, List<RefusalCount> counts) {
    var batch =
        handle.prepareBatch(
            """
            INSERT INTO refusal_count (key_id, reason, address_prefix, minute_at, refusals)
            VALUES (:key, :reason, :addressPrefix, :minute, :count)
            ON CONFLICT (key_id, minute_at, reason, address_prefix)
            DO UPDATE SET refusals = refusal_count.refusals + excluded.refusals
            """);
    for (RefusalCount count : counts) {
      batch
          .bind("key", count.key().toString())
          .bind("reason", count.reason())
          .bind("addressPrefix", count.addressPrefix())
          .bind("minute", count.minute().toEpochMilli())
          .bind("count", count.count())
          .add();
    }
    batch.execute();
  }

  private static void write(Handle handle, List<Map.Entry<ApiKeyId, Instant>> uses) {
    var batch =
        handle.prepareBatch(
            """
            INSERT INTO key_usage (key_id, last_used_at) VALUES (:key, :at)
            ON CONFLICT (key_id) DO UPDATE SET last_used_at = excluded.last_used_at
            WHERE excluded.last_used_at > key_usage.last_used_at
            """);
    for (var use : uses) {
      batch.bind("key", use.getKey().toString()).bind("at", use.getValue().toEpochMilli()).add();
    }
    batch.execute();
  }
}
