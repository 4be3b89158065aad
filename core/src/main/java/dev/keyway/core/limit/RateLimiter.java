package dev.keyway.core.limit;

import dev.keyway.core.apikey.ApiKeyId;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests against limits.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must never admit more than the limit's requests in any rolling window, across restarts and
 *       crashes too (ALL-4);
 *   <li>must count a request only when it admits it;
 *   <li>must not block in {@link #acquireIfReady}: it is called on the event loop;
 *   <li>must admit nothing when it cannot tell: {@link #acquireIfReady} then answers null and
 *       {@link #acquire} throws.
 * </ol>
 */
public interface RateLimiter {

  /**
   * Admits and counts one request of a key, or refuses it, from memory.
   *
   * @return null when memory alone cannot tell, and nothing was counted; then {@link #acquire} has
   *     to be asked
   */
  @Nullable LimitState acquireIfReady(RateLimit limit, ApiKeyId key);

  /**
   * Admits and counts one request of a key, or refuses it; may block.
   *
   * @throws dev.keyway.core.UnavailableException when nobody can tell now; nothing was counted
   */
  LimitState acquire(RateLimit limit, ApiKeyId key);
}
