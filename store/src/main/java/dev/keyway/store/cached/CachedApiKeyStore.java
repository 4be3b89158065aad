package dev.keyway.store.cached;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.DigestStore;
import dev.keyway.core.apikey.KeyQuery;
import dev.keyway.core.apikey.KeySort;
import dev.keyway.core.apikey.ListedKey;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerifiableKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store of keys with memory in front of it: {@link #verifiable} answers from there, and every
 * call of the store itself goes through to the one behind.
 */
public final class CachedApiKeyStore implements ApiKeyStore {
  private final ApiKeyStore store;
  private final CachedKeys keys;
  private final Consumer<ApiKeyId> made;

  /**
   * Memory in front of a store.
   *
   * @param slots where this node applies the changes that keys in memory are checked against
   * @param maximumSize the most keys to hold; the least useful give way
   */
  public CachedApiKeyStore(ApiKeyStore store, ChangeSlots slots, long maximumSize) {
    this(store, slots, maximumSize, _ -> {});
  }

  /**
   * The same on a node with others.
   *
   * @param made told of each key that is made here, before that is answered
   */
  public CachedApiKeyStore(
      ApiKeyStore store, ChangeSlots slots, long maximumSize, Consumer<ApiKeyId> made) {
    this.store = store;
    this.keys = new CachedKeys(store, slots, maximumSize);
    this.made = made;
  }

  /**
   * Reads a key into memory that another node has made; what keeps it from that does not matter.
   */
  public void madeElsewhere(ApiKeyId id) {
    if (!keys.isHeld(id)) {
      readAgain(id);
    }
  }

  /** The keys in memory, for decisions. */
  public VerifiableKeys verifiable() {
    return keys;
  }

  /** How many keys are in memory, about. */
  public long cachedKeys() {
    return keys.size();
  }

  /** How often a decision found its key in memory and current. */
  public long cacheHits() {
    return keys.hits();
  }

  /** How often it did not. */
  public long cacheMisses() {
    return keys.misses();
  }

  /** Digests of the keys in memory and of those behind. */
  public DigestStore digests(DigestStore behind) {
    return new CachedDigestStore(behind, keys);
  }

  @Override
  public boolean create(ApiKey key, @Nullable Integer maxActive, AuditEvent event) {
    boolean isCreated = store.create(key, maxActive, event);
    if (isCreated) {
      // Its first use must not have to compete with made-up keys for a look-up.
      readAgain(key.id());
      made.accept(key.id());
    }
    return isCreated;
  }

  @Override
  public Optional<ListedKey> find(ApiKeyId id) {
    return store.find(id);
  }

  @Override
  public List<ListedKey> findAll(Set<ApiKeyId> ids) {
    return store.findAll(ids);
  }

  @Override
  public Optional<VerifiableKey> findForVerification(ApiKeyId id) {
    return store.findForVerification(id);
  }

  @Override
  public Page<ListedKey> list(KeyQuery query, KeySort sort, PageRequest page) {
    return store.list(query, sort, page);
  }

  @Override
  public int count(KeyQuery query) {
    return store.count(query);
  }

  /** A new name is no change of rights, so no slot tells of it: the key is read again. */
  @Override
  public Optional<ApiKey> describe(
      ApiKeyId id,
      @Nullable String name,
      @Nullable String description,
      Precondition precondition,
      AuditEvent event) {
    Optional<ApiKey> described = store.describe(id, name, description, precondition, event);
    readAgain(id);
    return described;
  }

  @Override
  public Optional<Change> expireEarlier(
      ApiKeyId id,
      @Nullable String name,
      @Nullable String description,
      Instant expiresAt,
      Precondition precondition,
      AuditEvent event) {
    return store.expireEarlier(id, name, description, expiresAt, precondition, event);
  }

  @Override
  public Optional<Change> revoke(
      ApiKeyId id, Instant at, Precondition precondition, AuditEvent event) {
    return store.revoke(id, at, precondition, event);
  }

  @Override
  public Optional<Change> revocationOf(ApiKeyId id) {
    return store.revocationOf(id);
  }

  @Override
  public Change revokeAll(Selection selection, Instant at, AuditEvent event) {
    return store.revokeAll(selection, at, event);
  }

  /** The change is made; that it cannot be read now does not undo it. */
  private void readAgain(ApiKeyId id) {
    try {
      var _ = keys.find(id);
    } catch (UnavailableException e) {
      keys.forget(id);
    }
  }
}
