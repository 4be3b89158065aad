package dev.keyway.core.limit;

import dev.keyway.core.apikey.ApiKeyId;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one node: a {@link RollingWindow} in memory for each key and limit in use, and a
 * {@link WindowStore} from which they come back after a restart.
 *
 * <p>The lock of a window is held for a clock reading and two array accesses, and only requests of
 * the same key ever meet at it. Nothing is written per request: a window is written down when a
 * twentieth of its limit was admitted since the last time, so a key that uses less costs no write
 * at all, and one that uses all of it about twenty in a window.
 */
public final class RollingWindowLimiter implements RateLimiter, AutoCloseable {
  private final ConcurrentHashMap<Counted, RollingWindow> windows = new ConcurrentHashMap<>();
  private final WindowBooks books;

  /** A limiter that admits nothing until it is told to {@link #begin}. */
  public RollingWindowLimiter(WindowStore store, NodeClock clock, LimitEvents events) {
    this.books = new WindowBooks(store, clock, events);
  }

  /**
   * Begins to admit: what the last run wrote down counts, and what it may not have.
   *
   * @throws dev.keyway.core.UnavailableException when the store does not take note of it
   */
  public void begin() {
    books.begin();
  }

  @Override
  public @Nullable LimitState acquireIfReady(RateLimit limit, ApiKeyId key) {
    var counted = new Counted(limit, key);
    while (true) {
      RollingWindow window = window(counted);
      LimitState state = window.acquire();
      if (state != null || !window.isClosed()) {
        return state;
      }
      windows.remove(counted, window);
    }
  }

  @Override
  public LimitState acquire(RateLimit limit, ApiKeyId key) {
    while (true) {
      LimitState state = acquireIfReady(limit, key);
      if (state != null) {
        return state;
      }
      books.makeReady(window(new Counted(limit, key)));
    }
  }

  /**
   * Writes down what is due, and notices when the wall clock was set: to be called when {@link
   * LimitEvents#due} says so, and every second or so.
   *
   * @throws dev.keyway.core.UnavailableException when it cannot; what is due remains so
   */
  public void writeDue() {
    books.writeDue();
  }

  /** Drops from memory the windows in which nothing counts any more. */
  public void dropIdle() {
    windows.forEach((counted, window) -> {
      if (window.closeIfIdle()) {
        windows.remove(counted, window);
      }
    });
  }

  /** Forgets what was written down and counts no more. */
  public void forgetWritten() {
    books.forget();
  }

  /** How many windows are held. */
  public int size() {
    return windows.size();
  }

  /** How often the wall clock was set while this node ran. */
  public long clockSettings() {
    return books.clockSettings();
  }

  /**
   * Admits nothing more and writes down all that counts, so that the next run begins where this one
   * ended.
   *
   * @throws dev.keyway.core.UnavailableException when it cannot; the next run then takes this one
   *     for broken off
   */
  @Override
  public void close() {
    books.end(windows.values());
  }

  private RollingWindow window(Counted counted) {
    RollingWindow window = windows.get(counted);
    return window != null
        ? window
        : windows.computeIfAbsent(counted, c -> new RollingWindow(c.limit, c.key, books));
  }

  private record Counted(RateLimit limit, ApiKeyId key) {
    // The limit's own hash walks its parts; the key's alone spreads well enough.
    @Override
    public int hashCode() {
      return key.hashCode() + limit.name().hashCode();
    }
  }
}
