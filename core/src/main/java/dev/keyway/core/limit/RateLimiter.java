package dev.keyway.core.limit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests against limits.
 *
 * <p>An implementation:
 *
 * <ol>
 *   <li>must never admit more than a limit's requests in any rolling window or calendar period,
 *       across restarts and crashes too (ALL-4);
 *   <li>must count a request only when it admits it, and then in every limit of its charge;
 *   <li>must not block in {@link #acquireIfReady}: it is called on the event loop;
 *   <li>must admit nothing when it cannot tell: {@link #acquireIfReady} then answers null and
 *       {@link #acquire} throws.
 * </ol>
 */
public interface RateLimiter {
  /**
   * The answer where none of the limits applies to the caller's plan: admitted, and not counted.
   */
  LimitState UNLIMITED =
      new LimitState(new LimitTerms(List.of(), null, LimitHeaders.STANDARD), 0, true, 0, 0);

  /**
   * Admits and counts one request, or refuses it, from memory.
   *
   * @return {@link #UNLIMITED}, or null when memory alone cannot tell, and nothing was counted;
   *     then {@link #acquire} has to be asked
   */
  @Nullable LimitState acquireIfReady(Charge charge, LimitedCaller caller);

  /**
   * Admits and counts one request, or refuses it; may block.
   *
   * @throws dev.keyway.core.UnavailableException when nobody can tell now; nothing was counted
   */
  LimitState acquire(Charge charge, LimitedCaller caller);
}
