package dev.keyway.core.apikey;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.DigestStore.Renewal;
import dev.keyway.core.change.Entity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings digests to the newest pepper as their keys are used, so that an older pepper can be
 * retired: a right secret is the one thing a new digest can be made of.
 *
 * <p>What waits to be written is the new digest, never the secret. It waits for {@link #flush},
 * which runs in the background; no request waits for it, and none fails because of it.
 */
public final class DigestRenewal {
  /** More wait only while the store is out of reach; then keys are renewed at a later use. */
  private static final int MAX_WAITING = 10_000;

  /** Few enough that no revoke waits noticeably behind them. */
  private static final int CHUNK = 200;

  private final ConcurrentHashMap<Entity, Renewal> waiting = new ConcurrentHashMap<>();
  private final KeyDigester digester;
  private final DigestStore store;

  public DigestRenewal(KeyDigester digester, DigestStore store) {
    this.digester = digester;
    this.store = store;
  }

  /**
   * Takes note that a key that is neither revoked nor deactivated was presented with its right
   * secret. Costs a comparison for a key under the newest pepper.
   */
  public void presented(PresentedKey presented, KeyDigest stored) {
    if (digester.isOutdated(stored)) {
      var key = new Entity(Entity.Kind.KEY, presented.id().toString());
      if (hasRoomFor(key)) {
        renew(presented, key, stored);
      }
    }
  }

  /** Takes note that an operator key that is not revoked was presented with its right secret. */
  public void presented(PresentedKey presented, Entity operatorKey, KeyDigest stored) {
    if (digester.isOutdated(stored) && hasRoomFor(operatorKey)) {
      renew(presented, operatorKey, stored);
    }
  }

  /**
   * Writes what waits; what cannot be written is kept for the next time.
   *
   * @throws UnavailableException when the store cannot be written
   */
  public void flush() {
    Iterator<Renewal> renewals = List.copyOf(waiting.values()).iterator();
    while (renewals.hasNext()) {
      var chunk = new ArrayList<Renewal>(CHUNK);
      while (renewals.hasNext() && chunk.size() < CHUNK) {
        chunk.add(renewals.next());
      }
      store.renew(chunk);
      chunk.forEach(written -> waiting.remove(written.key(), written));
    }
  }

  private void renew(PresentedKey presented, Entity key, KeyDigest stored) {
    waiting.putIfAbsent(key, new Renewal(key, stored, digester.digest(presented)));
  }

  private boolean hasRoomFor(Entity key) {
    return waiting.size() < MAX_WAITING && !waiting.containsKey(key);
  }
}
