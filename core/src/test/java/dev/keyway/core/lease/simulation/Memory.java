package dev.keyway.core.lease.simulation;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.ChangeSlots;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys a node remembers: what {@code CachedKeys} does, with a map. */
final class Memory {
  private final ChangeSlots slots;
  private final Mistake mistake;
  private final Map<Integer, KnownKey> keys = new TreeMap<>();

  Memory(ChangeSlots slots, Mistake mistake) {
    this.slots = slots;
    this.mistake = mistake;
  }

  @Nullable KnownKey ifCached(int key) {
    KnownKey known = keys.get(key);
    return known != null && isCurrent(known) ? known : null;
  }

  /**
   * Keeps what was read.
   *
   * @param applied the last change that counted here before it was asked for
   * @return false if it must be read again
   */
  boolean keep(int key, KnownKey read, long applied) {
    boolean isNewEnough = read.key().asOf() >= applied || mistake == Mistake.FILL_FROM_THE_PAST;
    if (!isNewEnough || !isCurrent(read)) {
      return false;
    }
    KnownKey held = keys.get(key);
    if (held == null || held.key().asOf() <= read.key().asOf() || !isGuarded()) {
      keys.put(key, read);
    }
    return true;
  }

  void apply(Change change) {
    slots.apply(change);
    if (!isGuarded()) {
      keys.values().removeIf(known -> change.entities().stream().anyMatch(known.key()::dependsOn));
    }
  }

  void startAt(long head) {
    if (mistake != Mistake.REJOIN_KEEPS_MEMORY) {
      slots.startAt(head);
      if (!isGuarded()) {
        keys.clear();
      }
    }
  }

  void forget(int key) {
    keys.remove(key);
  }

  private boolean isCurrent(KnownKey known) {
    return !isGuarded() || known.key().isCurrent(slots);
  }

  private boolean isGuarded() {
    return mistake != Mistake.FILL_WITHOUT_GUARD && mistake != Mistake.FILL_FROM_THE_PAST;
  }
}
