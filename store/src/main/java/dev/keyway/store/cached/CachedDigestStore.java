package dev.keyway.store.cached;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.DigestStore;
import dev.keyway.core.change.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Digests behind keys in memory: a renewed one is no change of rights, so no slot tells of it. */
final class CachedDigestStore implements DigestStore {
  private final DigestStore store;
  private final CachedKeys keys;

  CachedDigestStore(DigestStore store, CachedKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  @Override
  public List<PepperUse> useAt(Instant now) {
    return store.useAt(now);
  }

  @Override
  public void renew(List<Renewal> renewals) {
    store.renew(renewals);
    for (Renewal renewal : renewals) {
      if (renewal.key().kind() == Entity.Kind.KEY) {
        ApiKeyId.parse(renewal.key().id()).ifPresent(keys::forget);
      }
    }
  }

  @Override
  public Set<Integer> noteMarks(Map<Integer, byte[]> marks, Set<Integer> inUse) {
    return store.noteMarks(marks, inUse);
  }
}
