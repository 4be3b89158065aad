package dev.keyway.server.api;

import dev.keyway.core.UnavailableException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that have ended while the store could not take down how: without this, an outage would
 * leave their {@code Idempotency-Key} "in progress" until the program starts anew.
 */
final class UnsettledCalls {
  private static final Logger LOG = LoggerFactory.getLogger(UnsettledCalls.class);

  /** Beyond these a repeat is told that the call is still running, until the next start. */
  private static final int MAX_CALLS = 1_000;

  private final ConcurrentMap<Taken, Runnable> endings = new ConcurrentHashMap<>();

  /** A caller's {@code Idempotency-Key} that a call holds. */
  record Taken(String caller, String key) {}

  /** Writes how a call ended; if that fails, it is written when the call is repeated. */
  void write(Taken taken, Runnable ending) {
    try {
      ending.run();
    } catch (UnavailableException e) {
      LOG.warn("how a call with an Idempotency-Key ended is not written yet: {}", e.getMessage());
      if (endings.size() < MAX_CALLS) {
        endings.put(taken, ending);
      }
    }
  }

  /**
   * Writes what was left over from the call that held the key before.
   *
   * @throws UnavailableException when the store still cannot
   */
  void settle(Taken taken) {
    // Within the map's own lock, so that of two repetitions neither undoes what the other began.
    endings.computeIfPresent(
        taken,
        (_, ending) -> {
          ending.run();
          return null;
        });
  }
}
