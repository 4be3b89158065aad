package dev.keyway.core.limit;

import dev.keyway.core.apikey.ApiKeyId;

/**
 * Counts requests against limits.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must never admit more than the limit's requests in any rolling window (ALL-4);
 *   <li>must count a request only when it admits it;
 *   <li>must not block: it is called on the event loop.
 * </ol>
 */
public interface RateLimiter {

  /** Admits and counts one request of a key, or refuses it. */
  LimitState acquire(RateLimit limit, ApiKeyId key);
}
