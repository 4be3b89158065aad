package dev.keyway.core.usage;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.flood.Lookups;
import dev.keyway.core.usage.KeyTally.Unwritten;
import dev.keyway.core.usage.UsageStore.HourUse;
import dev.keyway.core.usage.UsageStore.RefusalCount;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationDecision;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationObserver;
import dev.keyway.core.verify.VerificationRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gathers the use of keys in memory and hands it to a {@link UsageStore} in batches.
 *
 * <p>Nothing is written per request. Refusals of unknown keys are not gathered here at all: their
 * number is the attacker's to choose.
 */
public final class UsageRecorder implements VerificationObserver {
  /** How far behind what is written may be: so much a crash forgets. */
  public static final Duration FLUSH_INTERVAL = Duration.ofSeconds(5);

  /** Counts written at once: few enough that no revoke waits noticeably behind them. */
  private static final int CHUNK = 500;

  private final KeyTallies uses;
  private final RefusalTallies refusals = new RefusalTallies();
  private final RecentRefusals recent = new RecentRefusals();
  private final ReadWriteLock written = new ReentrantReadWriteLock();
  private final UsageStore store;
  private final Lookups lookups;

  /**
   * A recorder.
   *
   * @param lookups told of the keys in use, which strangers must not keep from the store
   */
  public UsageRecorder(UsageStore store, Lookups lookups, ClientNames names) {
    this.store = store;
    this.lookups = lookups;
    this.uses = new KeyTallies(names);
  }

  @Override
  public void decided(VerificationRequest request, VerificationDecision decision, long atMillis) {
    switch (decision) {
      case Allowed allowed -> uses.count(allowed.key().id(), request, atMillis);
      case Denied denied -> {
        VerifiableKey key = denied.key();
        if (key != null) {
          refused(key.id(), denied.reason().text(), request, atMillis);
        }
      }
      case VerificationDecision.Indeterminate _ -> {
        // The key is not at fault, and metrics count outages.
      }
    }
  }

  private void refused(ApiKeyId key, String reason, VerificationRequest request, long atMillis) {
    var address = request.address();
    recent.add(key, reason, request.isByHolder() ? address.text() : null, atMillis);
    refusals.count(key, reason, address, atMillis);
  }

  /** The last refusals of a key on this node, newest first. */
  public List<RecentRefusals.Refusal> recentRefusals(ApiKeyId key) {
    return recent.of(key);
  }

  /** How many counts wait to be written. */
  public int waiting() {
    return uses.waiting() + refusals.size();
  }

  /**
   * Writes what was gathered; what cannot be written is kept for the next time. One thread at a
   * time.
   */
  public void flush() {
    try {
      flushUses();
      inChunks(refusals.unwritten(), this::writeRefusals);
    } finally {
      uses.tidy();
    }
  }

  private void flushUses() {
    List<Unwritten> batch = uses.unwritten();
    Map<ApiKeyId, Instant> lastUses = new HashMap<>();
    for (Unwritten one : batch) {
      ApiKeyId key = one.use().key();
      lookups.verified(key.characters());
      lastUses.merge(key, one.tally().lastUsedAt(), UsageRecorder::later);
    }
    if (!batch.isEmpty()) {
      store.used(lastUses);
    }
    inChunks(batch, this::writeUses);
  }

  private void writeUses(List<Unwritten> chunk) {
    store.counted(chunk.stream().map(Unwritten::use).toList());
    chunk.forEach(Unwritten::written);
  }

  private void writeRefusals(List<RefusalCount> chunk) {
    store.refused(chunk);
    chunk.forEach(refusals::written);
  }

  private <T> void inChunks(List<T> all, Consumer<List<T>> write) {
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<T> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
      written.writeLock().lock();
      try {
        write.accept(chunk);
      } finally {
        written.writeLock().unlock();
      }
    }
  }

  /** Reads while nothing passes from memory to the store, so that nothing is seen twice or not. */
  <T> T whileNothingIsWritten(Supplier<T> reading) {
    written.readLock().lock();
    try {
      return reading.get();
    } finally {
      written.readLock().unlock();
    }
  }

  List<HourUse> unwrittenUses(Collection<ApiKeyId> keys) {
    return uses.unwritten(keys);
  }

  List<RefusalCount> unwrittenRefusals(Collection<ApiKeyId> keys) {
    return refusals.unwritten(keys);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
