package dev.keyway.core.usage;

import dev.keyway.core.apikey.ApiKeyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Where the use of keys is kept, written in batches and never with the keys' own rows. */
public interface UsageStore {

  /** Moves last uses forward; an instant earlier than the one kept changes nothing. */
  void used(Map<ApiKeyId, Instant> lastUses);

  /**
   * The keys last used at an instant or after it, the latest first.
   *
   * @param most how many at most
   */
  List<ApiKeyId> usedSince(Instant from, int most);

  /** Adds to the counts of refusals: all of them or, when it throws, none. */
  void refused(List<RefusalCount> counts);

  /** Forgets counts of refusals of minutes before an instant. */
  void forget(Instant before);

  /**
   * How often a key was refused (ALL-6).
   *
   * @param addressPrefix the client's /24 (IPv4) or /48 (IPv6)
   * @param minute the minute in which it happened, cut off to the minute
   */
  record RefusalCount(
      ApiKeyId key, String reason, String addressPrefix, Instant minute, long count) {}
}
