package dev.keyway.core.usage;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.RecentRefusals.Refusal;
import dev.keyway.core.usage.UsageStore.ClientUse;
import dev.keyway.core.usage.UsageStore.HourUse;
import dev.keyway.core.usage.UsageStore.RefusalCount;
import dev.keyway.core.usage.UsageStore.StepRefusals;
import dev.keyway.core.usage.UsageStore.StepRequests;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the use of keys: what is written, and what this node has still in memory. */
public final class UsageReader {
  private final UsageStore store;
  private final UsageRecorder recorder;

  public UsageReader(UsageStore store, UsageRecorder recorder) {
    this.store = store;
    this.recorder = recorder;
  }

  /** What was counted of each key. */
  Map<ApiKeyId, UsageSeries> series(Collection<ApiKeyId> keys, UsageRange range) {
    return recorder.whileNothingIsWritten(() -> readSeries(Set.copyOf(keys), range));
  }

  private Map<ApiKeyId, UsageSeries> readSeries(Set<ApiKeyId> keys, UsageRange range) {
    Map<ApiKeyId, UsageSeries> series = new LinkedHashMap<>();
    keys.forEach(key -> series.put(key, new UsageSeries(range)));
    for (StepRequests step : store.requests(keys, range)) {
      of(step.key(), series).addRequests(step.at(), step.count());
    }
    for (StepRefusals step : store.refusals(keys, range)) {
      of(step.key(), series).addRefusals(step.at(), step.reason(), step.count());
    }
    for (HourUse use : recorder.unwrittenUses(keys)) {
      of(use.key(), series).addRequests(use.hour(), use.requests());
    }
    for (RefusalCount count : recorder.unwrittenRefusals(keys)) {
      of(count.key(), series).addRefusals(count.minute(), count.reason(), count.count());
    }
    return series;
  }

  private static UsageSeries of(ApiKeyId key, Map<ApiKeyId, UsageSeries> series) {
    UsageSeries found = series.get(key);
    if (found == null) {
      throw new IllegalStateException("counts of a key that nobody asked for");
    }
    return found;
  }

  /** The last refusals of a key on this node, newest first. */
  List<Refusal> recentRefusals(ApiKeyId key) {
    return recorder.recentRefusals(key);
  }

  /** The clients a key was accepted from, those seen last first. */
  List<ClientUse> clients(ApiKeyId key) {
    return recorder.whileNothingIsWritten(() -> readClients(key));
  }

  private List<ClientUse> readClients(ApiKeyId key) {
    Map<Client, ClientUse> clients = new LinkedHashMap<>();
    for (ClientUse use : store.clients(key)) {
      clients.merge(Client.of(use), use, UsageReader::together);
    }
    for (HourUse hour : recorder.unwrittenUses(Set.of(key))) {
      for (ClientUse use : hour.clients()) {
        clients.merge(Client.of(use), use, UsageReader::together);
      }
    }
    return clients.values().stream()
        .sorted(Comparator.comparing(ClientUse::lastSeenAt).reversed())
        .limit(UsageStore.MOST_CLIENTS)
        .toList();
  }

  private static ClientUse together(ClientUse one, ClientUse other) {
    return new ClientUse(
        one.client(),
        one.addressPrefix(),
        earlier(one.firstSeenAt(), other.firstSeenAt()),
        later(one.lastSeenAt(), other.lastSeenAt()),
        one.requests() + other.requests());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private record Client(@Nullable String name, String addressPrefix) {
    static Client of(ClientUse use) {
      return new Client(use.client(), use.addressPrefix());
    }
  }
}
