package dev.keyway.core.usage;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.UsageStore.RefusalCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the refusals of known keys by reason, address prefix and minute (ALL-6). */
final class RefusalTallies {
  /** Distinct counts held between two rounds of writing; further ones go by no address. */
  private static final int MAX_COUNTS = 50_000;

  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final String ANY_ADDRESS = "*";

  private final ConcurrentHashMap<Counted, Long> counts = new ConcurrentHashMap<>();

  void count(ApiKeyId key, String reason, ClientAddress address, long atMillis) {
    String prefix = counts.size() < MAX_COUNTS ? address.prefix() : ANY_ADDRESS;
    counts.merge(new Counted(key, reason, prefix, atMillis / MINUTE_MILLIS), 1L, Long::sum);
  }

  int size() {
    return counts.size();
  }

  /** What waits to be written down. */
  List<RefusalCount> unwritten() {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey().counted(entry.getValue()))
        .toList();
  }

  /** The same of these keys alone. */
  List<RefusalCount> unwritten(Collection<ApiKeyId> keys) {
    return unwritten().stream().filter(count -> keys.contains(count.key())).toList();
  }

  /** Takes off what was written down. */
  void written(RefusalCount written) {
    counts.computeIfPresent(
        Counted.of(written),
        (_, count) -> count > written.count() ? (Long) (count - written.count()) : null);
  }

  private record Counted(ApiKeyId key, String reason, String addressPrefix, long minute) {
    static Counted of(RefusalCount count) {
      long minute = count.minute().toEpochMilli() / MINUTE_MILLIS;
      return new Counted(count.key(), count.reason(), count.addressPrefix(), minute);
    }

    RefusalCount counted(long count) {
      var at = Instant.ofEpochMilli(minute * MINUTE_MILLIS);
      return new RefusalCount(key, reason, addressPrefix, at, count);
    }
  }
}
