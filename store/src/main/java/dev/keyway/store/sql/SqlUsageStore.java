package dev.keyway.store.sql;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.UsageRange;
import dev.keyway.core.usage.UsageStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The use of keys in SQL. Several nodes write the same rows at the same time, each a batch in one
 * transaction, so every batch is in the order of its table's key: then one waits for the other, and
 * never both.
 */
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
    List<Map.Entry<ApiKeyId, Instant>> uses =
        lastUses.entrySet().stream()
            .sorted(Comparator.comparing(use -> use.getKey().toString()))
            .toList();
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
  public void counted(List<HourUse> uses) {
    if (!uses.isEmpty()) {
      List<HourUse> sorted = uses.stream().sorted(UsageRows.BY_KEY_AND_HOUR).toList();
      transactions.run(handle -> {
        UsageRows.addRequests(handle, sorted);
        UsageRows.addClients(handle, sorted);
      });
    }
  }

  @Override
  public void refused(List<RefusalCount> counts) {
    if (!counts.isEmpty()) {
      transactions.run(handle -> UsageRows.addRefusals(handle, counts));
    }
  }

  @Override
  public List<StepRequests> requests(Collection<ApiKeyId> keys, UsageRange range) {
    return keys.isEmpty()
        ? List.of()
        : transactions.read(handle -> UsageRows.requests(handle, keys, range));
  }

  @Override
  public List<StepRefusals> refusals(Collection<ApiKeyId> keys, UsageRange range) {
    return keys.isEmpty()
        ? List.of()
        : transactions.read(handle -> UsageRows.refusals(handle, keys, range));
  }

  @Override
  public List<ClientUse> clients(ApiKeyId key) {
    return transactions.read(handle -> UsageRows.clients(handle, key));
  }

  @Override
  public void forget(Instant before) {
    UsageRows.FORGET.forEach(statement -> forget(statement, before));
  }

  @Override
  public void forgetMinutes(Instant before) {
    forget(UsageRows.FORGET_MINUTES, before);
  }

  private void forget(String statement, Instant before) {
    int forgotten = CHUNK;
    for (int i = 0; i < MOST_FORGOTTEN / CHUNK && forgotten == CHUNK; i++) {
      forgotten =
          transactions.write(handle ->
              handle
                  .createUpdate(statement)
                  .bind("before", before.toEpochMilli())
                  .bind("chunk", CHUNK)
                  .execute());
    }
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
