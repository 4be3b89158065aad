package dev.keyway.core.usage;

import dev.keyway.core.apikey.ApiKeyId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last 20 refusals of each of the last 5,000 refused keys, in memory only (ALL-6).
 *
 * <p>Locked: refusals of known keys are rare beside accepted requests, and the work under the lock
 * is bounded.
 */
public final class RecentRefusals {
  private static final int MAX_KEYS = 5_000;
  private static final int MAX_PER_KEY = 20;

  /** Most keys are refused a few times or never. */
  private static final int FIRST_CAPACITY = 4;

  private final Map<ApiKeyId, Deque<Kept>> byKey = new LinkedHashMap<>(16, 0.75f, true);

  synchronized void add(ApiKeyId key, String reason, @Nullable String address, long atMillis) {
    Deque<Kept> refusals = byKey.computeIfAbsent(key, _ -> new ArrayDeque<>(FIRST_CAPACITY));
    if (refusals.size() == MAX_PER_KEY) {
      refusals.removeLast();
    }
    refusals.addFirst(new Kept(atMillis, reason, address));
    if (byKey.size() > MAX_KEYS) {
      byKey.remove(byKey.keySet().iterator().next());
    }
  }

  synchronized List<Refusal> of(ApiKeyId key) {
    Deque<Kept> refusals = byKey.get(key);
    return refusals == null ? List.of() : refusals.stream().map(Kept::shown).toList();
  }

  /**
   * One refused request.
   *
   * @param address the client's; null when a server asked about the key and its client is not known
   */
  public record Refusal(Instant at, String reason, @Nullable String address) {}

  private record Kept(long atMillis, String reason, @Nullable String address) {
    Refusal shown() {
      return new Refusal(Instant.ofEpochMilli(atMillis), reason, address);
    }
  }
}
