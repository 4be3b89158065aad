package dev.keyway.core.usage;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.usage.KeyTally.Unwritten;
import dev.keyway.core.usage.UsageStore.HourUse;
import dev.keyway.core.verify.VerificationRequest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The tallies of the keys in use: one a key, until it falls silent or its hour ends.
 *
 * <p>Counting a request finds its key's tally in a map and adds to it, without a lock. It makes an
 * object only when the key is new here, its hour is over, or the client is a new one.
 */
final class KeyTallies {
  /** Silent keys are kept for a minute, if there are not too many: they may come back. */
  private static final int IDLE_ROUNDS = 12;

  private static final int MOST_IDLE = 20_000;

  /** While the store is away, so many hours of keys wait; further requests count in their last. */
  private static final int MOST_ENDED = 200_000;

  private final ConcurrentHashMap<ApiKeyId, KeyTally> current = new ConcurrentHashMap<>();

  /** Of hours that are over, or on the way out. */
  private final ConcurrentLinkedQueue<KeyTally> retired = new ConcurrentLinkedQueue<>();

  /** How many those are: the queue would have to count them. */
  private final AtomicInteger retiredCount = new AtomicInteger();

  private final ClientNames names;

  KeyTallies(ClientNames names) {
    this.names = names;
  }

  /** Counts an accepted request. */
  void count(ApiKeyId key, VerificationRequest request, long atMillis) {
    KeyTally tally = tally(key, atMillis);
    while (!tally.add(atMillis)) {
      retire(tally);
      tally = tally(key, atMillis);
    }
    if (!request.isByHolder()) {
      return;
    }
    while (!tally.see(request.address(), request.userAgent(), atMillis, names)) {
      retire(tally);
      tally = tally(key, atMillis);
    }
  }

  private KeyTally tally(ApiKeyId key, long atMillis) {
    KeyTally tally = current.get(key);
    while (tally == null || !takes(tally, atMillis)) {
      if (tally != null) {
        retire(tally);
      }
      tally = current.computeIfAbsent(key, id -> new KeyTally(id, atMillis));
    }
    return tally;
  }

  private boolean takes(KeyTally tally, long atMillis) {
    return tally.covers(atMillis) || retiredCount.get() >= MOST_ENDED;
  }

  private void retire(KeyTally tally) {
    if (current.remove(tally.key(), tally)) {
      retiredCount.incrementAndGet();
      retired.add(tally);
    }
  }

  /** How many of them wait to be written down. */
  int waiting() {
    int waiting = 0;
    for (KeyTally tally : retired) {
      waiting += tally.isWaiting() ? 1 : 0;
    }
    for (KeyTally tally : current.values()) {
      waiting += tally.isWaiting() ? 1 : 0;
    }
    return waiting;
  }

  /** What waits to be written down; of one key there may be several. */
  List<Unwritten> unwritten() {
    return Stream.concat(retired.stream(), current.values().stream())
        .map(KeyTally::unwritten)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The same of these keys alone. */
  List<HourUse> unwritten(Collection<ApiKeyId> keys) {
    // First those that may be retired meanwhile; a set, for they are then met twice.
    Set<KeyTally> tallies = new LinkedHashSet<>();
    for (ApiKeyId key : keys) {
      KeyTally tally = current.get(key);
      if (tally != null) {
        tallies.add(tally);
      }
    }
    retired.stream().filter(tally -> keys.contains(tally.key())).forEach(tallies::add);
    return tallies.stream()
        .map(KeyTally::unwritten)
        .filter(Objects::nonNull)
        .map(Unwritten::use)
        .toList();
  }

  /** Lets go of what has fallen silent and is written down; once a round of writing. */
  void tidy() {
    retired.removeIf(tally -> {
      boolean hasEnded = tally.end();
      if (hasEnded) {
        retiredCount.decrementAndGet();
      }
      return hasEnded;
    });
    int enough = current.size() > MOST_IDLE ? 1 : IDLE_ROUNDS;
    for (KeyTally tally : current.values()) {
      tally.makeRoom();
      if (tally.idleRounds() >= enough && tally.end()) {
        current.remove(tally.key(), tally);
      }
    }
  }
}
