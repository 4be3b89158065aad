package dev.keyway.core.session;

import dev.keyway.core.AddressBucket;
import dev.keyway.core.RefusedException.RateLimited;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The places that one client address may take in the queue before the hashing of passwords: few, so
 * that nobody fills the queue alone, not even with right passwords.
 */
final class HashingPlaces {
  /** One password being hashed and two that wait. */
  static final int PER_ADDRESS = 3;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Of addresses with work under way only, so as many as calls at most. */
  private final Map<AddressBucket, Integer> taken = new HashMap<>();

  /**
   * Does the work in a place of the address's.
   *
   * @throws RateLimited when it has none left; the work is not done then
   */
  <T> T within(String address, Supplier<T> work) {
    var bucket = AddressBucket.of(address);
    take(bucket);
    try {
      return work.get();
    } finally {
      giveBack(bucket);
    }
  }

  private synchronized void take(AddressBucket bucket) {
    int before = taken.getOrDefault(bucket, 0);
    if (before == PER_ADDRESS) {
      throw new RateLimited(
          "Other passwords from this address are being checked; try again.", RETRY_AFTER);
    }
    taken.put(bucket, before + 1);
  }

  private synchronized void giveBack(AddressBucket bucket) {
    taken.computeIfPresent(bucket, (_, places) -> places == 1 ? null : places - 1);
  }
}
