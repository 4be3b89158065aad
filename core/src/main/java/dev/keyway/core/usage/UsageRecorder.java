package dev.keyway.core.usage;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.usage.UsageStore.RefusalCount;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationObserver;
import dev.keyway.core.verify.VerificationRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers the use of keys in memory and hands it to a {@link UsageStore} in batches.
 *
 * <p>Nothing is written per request. Refusals of unknown keys are not gathered here at all: their
 * number is the attacker's to choose.
 */
public final class UsageRecorder implements VerificationObserver {
  /** Distinct refusal counts held between two flushes; further ones go uncounted by address. */
  private static final int MAX_COUNTS = 50_000;

  /** Refusal counts written at once: few enough that no revoke waits noticeably behind them. */
  private static final int CHUNK = 500;

  private static final String ANY_ADDRESS = "*";

  private final ConcurrentHashMap<ApiKeyId, AtomicLong> lastUses = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Counted, Long> refusals = new ConcurrentHashMap<>();
  private final RecentRefusals recent = new RecentRefusals();
  private final UsageStore store;
  private final Lookups lookups;

  /**
   * A recorder.
   *
   * @param lookups told of the keys in use, which strangers must not keep from the store
   */
  public UsageRecorder(UsageStore store, Lookups lookups) {
    this.store = store;
    this.lookups = lookups;
  }

  @Override
  public void decided(VerificationRequest request, VerificationDecision decision, long atMillis) {
    switch (decision) {
      case Allowed allowed -> used(allowed.key().key().id(), atMillis);
      case Denied denied -> {
        VerifiableKey key = denied.key();
        if (key != null) {
          refused(key.key().id(), denied.reason().text(), request.address(), atMillis);
        }
      }
      case VerificationDecision.Indeterminate _ -> {
        // The key is not at fault, and metrics count outages.
      }
    }
  }

  /** The last refusals of a key on this node, newest first. */
  public List<RecentRefusals.Refusal> recentRefusals(ApiKeyId key) {
    return recent.of(key);
  }

  /** How many last uses and refusal counts wait to be written. */
  public int waiting() {
    return lastUses.size() + refusals.size();
  }

  /** Writes what was gathered; what cannot be written is kept for the next time. */
  public void flush() {
    flushLastUses();
    flushRefusals();
  }

  private void used(ApiKeyId key, long atMillis) {
    AtomicLong last;
    do {
      last = lastUses.get(key);
      if (last == null) {
        // Begins at the use itself, so that a flush in between sees no earlier instant.
        last = lastUses.computeIfAbsent(key, _ -> new AtomicLong(atMillis));
      }
      if (last.get() < atMillis) {
        last.accumulateAndGet(atMillis, Math::max);
      }
      // A flush may have taken this entry out just before it was set: then set it in the next one.
    } while (!last.equals(lastUses.get(key)));
  }

  private void refused(ApiKeyId key, String reason, ClientAddress address, long atMillis) {
    recent.add(key, reason, address.text(), atMillis);
    String prefix = refusals.size() < MAX_COUNTS ? address.prefix() : ANY_ADDRESS;
    refusals.merge(new Counted(key, reason, prefix, atMillis / 60_000), 1L, Long::sum);
  }

  private void flushLastUses() {
    Map<ApiKeyId, Instant> batch = new HashMap<>();
    for (ApiKeyId key : lastUses.keySet()) {
      AtomicLong last = lastUses.remove(key);
      if (last != null) {
        lookups.verified(key.characters());
        batch.put(key, Instant.ofEpochMilli(last.get()));
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      store.used(batch);
    } catch (UnavailableException e) {
      batch.forEach((key, at) -> used(key, at.toEpochMilli()));
      throw e;
    }
  }

  private void flushRefusals() {
    List<RefusalCount> batch = new ArrayList<>();
    for (Counted counted : refusals.keySet()) {
      Long count = refusals.remove(counted);
      if (count != null) {
        Instant minute = Instant.EPOCH.plus(counted.minute, ChronoUnit.MINUTES);
        batch.add(
            new RefusalCount(counted.key, counted.reason, counted.addressPrefix, minute, count));
      }
    }
    int written = 0;
    try {
      while (written < batch.size()) {
        int end = Math.min(batch.size(), written + CHUNK);
        store.refused(batch.subList(written, end));
        written = end;
      }
    } catch (UnavailableException e) {
      batch.subList(written, batch.size()).forEach(this::putBack);
      throw e;
    }
  }

  private void putBack(RefusalCount count) {
    var counted =
        new Counted(
            count.key(),
            count.reason(),
            count.addressPrefix(),
            count.minute().toEpochMilli() / 60_000);
    refusals.merge(counted, count.count(), Long::sum);
  }

  private record Counted(ApiKeyId key, String reason, String addressPrefix, long minute) {}
}
