package dev.keyway.core.limit;

import dev.keyway.core.apikey.ApiKeyId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one node, in memory: a {@link RollingWindow} for each key and limit in use.
 *
 * <p>The lock of a window is held for a clock reading and two array accesses, and only requests of
 * the same key ever meet at it.
 */
public final class RollingWindowLimiter implements RateLimiter {
  private final ConcurrentHashMap<Counted, RollingWindow> windows = new ConcurrentHashMap<>();
  private final LongSupplier millis;

  /**
   * A limiter on its own clock.
   *
   * @param millis a monotonic clock in milliseconds
   */
  public RollingWindowLimiter(LongSupplier millis) {
    this.millis = millis;
  }

  @Override
  public LimitState acquire(RateLimit limit, ApiKeyId key) {
    var counted = new Counted(limit, key);
    while (true) {
      @Nullable RollingWindow window = windows.get(counted);
      if (window == null) {
        window = windows.computeIfAbsent(counted, c -> new RollingWindow(c.limit, millis));
      }
      LimitState state = window.acquire();
      if (state != null) {
        return state;
      }
      windows.remove(counted, window);
    }
  }

  /** Drops the windows in which nothing counts any more; to be called now and then. */
  public void dropIdle() {
    windows.forEach((counted, window) -> {
      if (window.closeIfIdle()) {
        windows.remove(counted, window);
      }
    });
  }

  /** How many windows are held. */
  public int size() {
    return windows.size();
  }

  private record Counted(RateLimit limit, ApiKeyId key) {
    // The limit's own hash walks its parts; the key's alone spreads well enough.
    @Override
    public int hashCode() {
      return key.hashCode() + limit.name().hashCode();
    }
  }
}
