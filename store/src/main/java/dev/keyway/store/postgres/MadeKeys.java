package dev.keyway.store.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The keys made here that other nodes do not know yet. Their first use at a node that is flooded
 * with made-up keys would compete with those for a look-up; so whoever makes one waits a moment
 * until all have read it. Nothing rests on it: where somebody does not answer, as behind a pooler
 * in transaction mode, nobody waits for a while.
 */
final class MadeKeys {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration REST = Duration.ofSeconds(2);

  private final LongSupplier nanos;
  private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
  private volatile long restUntil;

  /**
   * Nobody has failed to answer yet.
   *
   * @param nanos a monotonic clock
   */
  MadeKeys(LongSupplier nanos) {
    this.nanos = nanos;
    this.restUntil = nanos.getAsLong();
  }

  /**
   * Tells the others of a key, and waits until they know it.
   *
   * @param others how many there are
   * @param tell does not wait
   */
  void await(String key, int others, Runnable tell) {
    if (others < 1 || restUntil - nanos.getAsLong() > 0) {
      tell.run();
      return;
    }
    var known = new CountDownLatch(others);
    awaited.put(key, known);
    try {
      tell.run();
      if (!known.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        restUntil = nanos.getAsLong() + REST.toNanos();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      awaited.remove(key);
    }
  }

  /** Whether it was made here and is waited for. */
  boolean isOwn(String key) {
    return awaited.containsKey(key);
  }

  /** One more node knows it. */
  void known(String key) {
    CountDownLatch known = awaited.get(key);
    if (known != null) {
      known.countDown();
    }
  }
}
