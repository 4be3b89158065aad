package dev.keyway.store.sql;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.UsageRange;
import dev.keyway.core.usage.UsageStore;
import dev.keyway.core.usage.UsageStore.ClientUse;
import dev.keyway.core.usage.UsageStore.HourUse;
import dev.keyway.core.usage.UsageStore.RefusalCount;
import dev.keyway.core.usage.UsageStore.StepRefusals;
import dev.keyway.core.usage.UsageStore.StepRequests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The counts of requests, refusals and clients as rows. */
final class UsageRows {
  /** How refusals by minute of before an instant are removed, a chunk at a time. */
  static final String FORGET_MINUTES =
      """
      DELETE FROM refusal_count
      WHERE (key_id, minute_at, reason, address_prefix) IN
        (SELECT r.key_id, r.minute_at, r.reason, r.address_prefix
          FROM refusal_count r WHERE r.minute_at < :before LIMIT :chunk)
      """;

  /** The same of all that is shown. */
  static final List<String> FORGET =
      List.of(
          """
          DELETE FROM key_refusals
          WHERE (key_id, hour_at, reason) IN
            (SELECT r.key_id, r.hour_at, r.reason
              FROM key_refusals r WHERE r.hour_at < :before LIMIT :chunk)
          """,
          """
          DELETE FROM key_requests
          WHERE (key_id, hour_at) IN
            (SELECT r.key_id, r.hour_at
              FROM key_requests r WHERE r.hour_at < :before LIMIT :chunk)
          """,
          """
          DELETE FROM key_client
          WHERE (key_id, client, address_prefix) IN
            (SELECT c.key_id, c.client, c.address_prefix
              FROM key_client c WHERE c.last_seen_at < :before LIMIT :chunk)
          """);

  static final Comparator<HourUse> BY_KEY_AND_HOUR =
      Comparator.comparing((HourUse use) -> use.key().toString()).thenComparing(HourUse::hour);

  /** A client of a key. */
  private record Seen(ApiKeyId key, ClientUse by) {}

  private static final Comparator<Seen> BY_CLIENT =
      Comparator.comparing((Seen seen) -> seen.key().toString())
          .thenComparing(seen -> text(seen.by().client()))
          .thenComparing(seen -> seen.by().addressPrefix());

  private static final Comparator<RefusalCount> BY_MINUTE =
      Comparator.comparing((RefusalCount count) -> count.key().toString())
          .thenComparing(RefusalCount::minute)
          .thenComparing(RefusalCount::reason)
          .thenComparing(RefusalCount::addressPrefix);

  private static final Comparator<StepRefusals> BY_HOUR =
      Comparator.comparing((StepRefusals hour) -> hour.key().toString())
          .thenComparing(StepRefusals::at)
          .thenComparing(StepRefusals::reason);

  private UsageRows() {}

  static void addRequests(Handle handle, List<HourUse> uses) {
    var batch =
        handle.prepareBatch(
            """
            INSERT INTO key_requests (key_id, hour_at, requests) VALUES (:key, :hour, :count)
            ON CONFLICT (key_id, hour_at)
            DO UPDATE SET requests = key_requests.requests + excluded.requests
            """);
    for (HourUse use : uses) {
      batch
          .bind("key", use.key().toString())
          .bind("hour", use.hour().toEpochMilli())
          .bind("count", use.requests())
          .add();
    }
    batch.execute();
  }

  static void addClients(Handle handle, List<HourUse> uses) {
    List<HourUse> withClients = uses.stream().filter(use -> !use.clients().isEmpty()).toList();
    if (withClients.isEmpty()) {
      return;
    }
    insertClients(handle, withClients);
    dropClients(handle, withClients);
  }

  private static void insertClients(Handle handle, List<HourUse> uses) {
    var batch =
        handle.prepareBatch(
            """
            INSERT INTO key_client
              (key_id, client, address_prefix, first_seen_at, last_seen_at, requests)
            VALUES (:key, :client, :addressPrefix, :first, :last, :count)
            ON CONFLICT (key_id, client, address_prefix) DO UPDATE SET
              first_seen_at = CASE WHEN excluded.first_seen_at < key_client.first_seen_at
                THEN excluded.first_seen_at ELSE key_client.first_seen_at END,
              last_seen_at = CASE WHEN excluded.last_seen_at > key_client.last_seen_at
                THEN excluded.last_seen_at ELSE key_client.last_seen_at END,
              requests = key_client.requests + excluded.requests
            """);
    // Those of all hours in one order, because no hour is part of the key here.
    uses.stream()
        .flatMap(use -> use.clients().stream().map(client -> new Seen(use.key(), client)))
        .sorted(BY_CLIENT)
        .forEach(seen ->
            batch
                .bind("key", seen.key().toString())
                .bind("client", text(seen.by().client()))
                .bind("addressPrefix", seen.by().addressPrefix())
                .bind("first", seen.by().firstSeenAt().toEpochMilli())
                .bind("last", seen.by().lastSeenAt().toEpochMilli())
                .bind("count", seen.by().requests())
                .add());
    batch.execute();
  }

  /** Removes those beyond the number that is kept, the longest unseen first. */
  private static void dropClients(Handle handle, List<HourUse> uses) {
    var batch =
        handle.prepareBatch(
            """
            DELETE FROM key_client
            WHERE key_id = :key AND (last_seen_at, client, address_prefix) <
              (SELECT c.last_seen_at, c.client, c.address_prefix FROM key_client c
                WHERE c.key_id = :key
                ORDER BY c.last_seen_at DESC, c.client DESC, c.address_prefix DESC
                LIMIT 1 OFFSET :others)
            """);
    for (HourUse use : uses) {
      batch.bind("key", use.key().toString()).bind("others", UsageStore.MOST_CLIENTS - 1).add();
    }
    batch.execute();
  }

  static void addRefusals(Handle handle, List<RefusalCount> counts) {
    addByMinute(handle, counts.stream().sorted(BY_MINUTE).toList());
    Map<StepRefusals, Long> hours = new TreeMap<>(BY_HOUR);
    for (RefusalCount count : counts) {
      Instant hour = count.minute().truncatedTo(ChronoUnit.HOURS);
      hours.merge(new StepRefusals(count.key(), hour, count.reason(), 0), count.count(), Long::sum);
    }
    addByHour(handle, hours);
  }

  private static void addByHour(Handle handle, Map<StepRefusals, Long> hours) {
    var batch =
        handle.prepareBatch(
            """
            INSERT INTO key_refusals (key_id, hour_at, reason, refusals)
            VALUES (:key, :hour, :reason, :count)
            ON CONFLICT (key_id, hour_at, reason)
            DO UPDATE SET refusals = key_refusals.refusals + excluded.refusals
            """);
    hours.forEach((hour, count) ->
        batch
            .bind("key", hour.key().toString())
            .bind("hour", hour.at().toEpochMilli())
            .bind("reason", hour.reason())
            .bind("count", count)
            .add());
    batch.execute();
  }

  private static void addByMinute(Handle handle, List<RefusalCount> counts) {
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

  static List<StepRequests> requests(Handle handle, Collection<ApiKeyId> keys, UsageRange range) {
    var query =
        handle.createQuery(
            """
            SELECT key_id, hour_at / :step * :step AS step_at, SUM(requests) AS requests
            FROM key_requests
            WHERE key_id IN (<keys>) AND hour_at >= :from AND hour_at < :to
            GROUP BY key_id, step_at
            """);
    return bind(query, keys, range)
        .map((row, _) ->
            new StepRequests(key(row), Columns.instant(row, "step_at"), row.getLong("requests")))
        .list();
  }

  static List<StepRefusals> refusals(Handle handle, Collection<ApiKeyId> keys, UsageRange range) {
    var query =
        handle.createQuery(
            """
            SELECT key_id, hour_at / :step * :step AS step_at, reason, SUM(refusals) AS refusals
            FROM key_refusals
            WHERE key_id IN (<keys>) AND hour_at >= :from AND hour_at < :to
            GROUP BY key_id, step_at, reason
            """);
    return bind(query, keys, range)
        .map((row, _) ->
            new StepRefusals(
                key(row),
                Columns.instant(row, "step_at"),
                row.getString("reason"),
                row.getLong("refusals")))
        .list();
  }

  private static Query bind(Query query, Collection<ApiKeyId> keys, UsageRange range) {
    return query
        .bindList("keys", keys.stream().map(ApiKeyId::toString).toList())
        .bind("step", range.step().length().toMillis())
        .bind("from", range.from().toEpochMilli())
        .bind("to", range.to().toEpochMilli());
  }

  static List<ClientUse> clients(Handle handle, ApiKeyId key) {
    return handle
        .createQuery(
            """
            SELECT client, address_prefix, first_seen_at, last_seen_at, requests FROM key_client
            WHERE key_id = :key ORDER BY last_seen_at DESC, client DESC, address_prefix DESC
            """)
        .bind("key", key.toString())
        .map((row, _) ->
            new ClientUse(
                nameOrNull(row.getString("client")),
                row.getString("address_prefix"),
                Columns.instant(row, "first_seen_at"),
                Columns.instant(row, "last_seen_at"),
                row.getLong("requests")))
        .list();
  }

  private static ApiKeyId key(ResultSet row) throws SQLException {
    return ApiKeyId.parse(row.getString("key_id")).orElseThrow();
  }

  private static String text(@Nullable String client) {
    return client == null ? "" : client;
  }

  private static @Nullable String nameOrNull(String client) {
    return client.isEmpty() ? null : client;
  }
}
