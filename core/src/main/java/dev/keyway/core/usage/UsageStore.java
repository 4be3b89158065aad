package dev.keyway.core.usage;

import dev.keyway.core.apikey.ApiKeyId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the use of keys is kept, written in batches and never with the keys' own rows.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must do each call that adds counts wholly or, when it throws, not at all: whoever was told
 *       of a failure adds the same counts again;
 *   <li>must keep the use of keys that were revoked or deleted like any other's;
 *   <li>must keep no more than {@value #MOST_CLIENTS} clients of a key, those seen last;
 *   <li>must throw {@link dev.keyway.core.UnavailableException} when it cannot answer, and must not
 *       answer "none" instead.
 * </ol>
 */
public interface UsageStore {
  /** How many clients of a key are kept. */
  int MOST_CLIENTS = 20;

  /** So many rows of a kind go at once, lest a backlog keeps the writer for long. */
  int MOST_FORGOTTEN = 50_000;

  /** Moves last uses forward; an instant earlier than the one kept changes nothing. */
  void used(Map<ApiKeyId, Instant> lastUses);

  /**
   * The keys last used at an instant or after it, the latest first.
   *
   * @param most how many at most
   */
  List<ApiKeyId> usedSince(Instant from, int most);

  /** Adds to the counts of accepted requests, and to what is known of the clients. */
  void counted(List<HourUse> uses);

  /** Adds to the counts of refusals. */
  void refused(List<RefusalCount> counts);

  /** The accepted requests of keys by step, in no order; steps without any are left out. */
  List<StepRequests> requests(Collection<ApiKeyId> keys, UsageRange range);

  /** The refusals of keys by step and reason, in no order; steps without any are left out. */
  List<StepRefusals> refusals(Collection<ApiKeyId> keys, UsageRange range);

  /** The clients of a key, those seen last first. */
  List<ClientUse> clients(ApiKeyId key);

  /**
   * Forgets counts of hours before an instant, and clients not seen since: {@value #MOST_FORGOTTEN}
   * of a kind at most, and the rest when it is called again.
   */
  void forget(Instant before);

  /**
   * The same of the refusals by minute and address, which are many and which {@link #refusals} need
   * not: it tells those of whole hours.
   */
  void forgetMinutes(Instant before);

  /**
   * How often a key was accepted in one hour, and from which clients.
   *
   * @param hour its beginning
   * @param clients some of the requests: those whose client is known
   */
  record HourUse(ApiKeyId key, Instant hour, long requests, List<ClientUse> clients) {
    public HourUse {
      clients = List.copyOf(clients);
    }
  }

  /**
   * A client that a key was accepted from.
   *
   * @param client what it calls itself, as {@link ClientNames} lets it pass; null for nothing
   * @param addressPrefix its /24 (IPv4) or /48 (IPv6)
   */
  record ClientUse(
      @Nullable String client,
      String addressPrefix,
      Instant firstSeenAt,
      Instant lastSeenAt,
      long requests) {}

  /**
   * How often a key was refused (ALL-6).
   *
   * @param addressPrefix the client's /24 (IPv4) or /48 (IPv6)
   * @param minute the minute in which it happened, cut off to the minute
   */
  record RefusalCount(
      ApiKeyId key, String reason, String addressPrefix, Instant minute, long count) {}

  /** How often a key was accepted in the step that begins at an instant. */
  record StepRequests(ApiKeyId key, Instant at, long count) {}

  /** How often a key was refused for a reason in the step that begins at an instant. */
  record StepRefusals(ApiKeyId key, Instant at, String reason, long count) {}
}
