package dev.keyway.store.cached;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerifiableKeys;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The keys in memory, each with the head of the change sequence it was read at.
 *
 * <p>Whether an entry counts is asked of {@link ChangeSlots} at each use, so a change takes effect
 * without anything being searched or removed here. A key that does not exist is not remembered:
 * which those are is an attacker's to choose.
 */
final class CachedKeys implements VerifiableKeys {
  /** More reads than this in a row lose against changes only when something is wrong. */
  private static final int MAX_READS = 5;

  private final Cache<ApiKeyId, VerifiableKey> keys;
  private final ApiKeyStore store;
  private final ChangeSlots slots;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  CachedKeys(ApiKeyStore store, ChangeSlots slots, long maximumSize) {
    this.keys = Caffeine.newBuilder().maximumSize(maximumSize).build();
    this.store = store;
    this.slots = slots;
  }

  @Override
  public @Nullable VerifiableKey ifCached(ApiKeyId id) {
    VerifiableKey key = keys.getIfPresent(id);
    if (key != null && key.isCurrent(slots)) {
      hits.increment();
      return key;
    }
    misses.increment();
    return null;
  }

  /** Whether a key is held, current or not; nobody has asked for it. */
  boolean isHeld(ApiKeyId id) {
    return keys.policy().getIfPresentQuietly(id) != null;
  }

  /** How many keys are held, about. */
  long size() {
    return keys.estimatedSize();
  }

  /** How often {@link #ifCached} had an answer. */
  long hits() {
    return hits.sum();
  }

  /** How often {@link #ifCached} had none. */
  long misses() {
    return misses.sum();
  }

  /** {@inheritDoc} It is kept in memory if it is current. */
  @Override
  public Optional<VerifiableKey> find(ApiKeyId id) {
    for (int read = 0; read < MAX_READS; read++) {
      long applied = slots.applied();
      Optional<VerifiableKey> found = store.findForVerification(id);
      if (found.isEmpty()) {
        return found;
      }
      VerifiableKey key = found.get();
      // A store that lags behind what is applied here may show rights that are gone.
      if (key.asOf() >= applied && key.isCurrent(slots)) {
        keep(key);
        return found;
      }
    }
    throw new UnavailableException("The key changes faster than it can be read.", null);
  }

  void forget(ApiKeyId id) {
    keys.invalidate(id);
  }

  private void keep(VerifiableKey read) {
    keys.asMap()
        .compute(
            // Not an equal id: this one is held anyway.
            read.id(),
            (_, held) -> {
              VerifiableKey newer = held == null || isNewer(read, held) ? read : held;
              return newer.isCurrent(slots) ? newer : null;
            });
  }

  /**
   * Reads end in any order; what was read of an older version must not replace a newer one. Two of
   * one version at one head differ in nothing but the digest, and either of those will do.
   */
  private static boolean isNewer(VerifiableKey one, VerifiableKey other) {
    long version = one.version();
    long otherVersion = other.version();
    return version > otherVersion || (version == otherVersion && one.asOf() >= other.asOf());
  }
}
