package dev.keyway.conformance.flood;

import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The holders of good keys, who call now and then and see how long it takes. */
final class Holders {
  private static final long PAUSE_NANOS = Duration.ofMillis(4).toNanos();

  private final String path;
  private final List<NewKey> keys;
  private int next;

  Holders(String path, List<NewKey> keys) {
    this.path = path;
    this.keys = keys;
  }

  /**
   * Calls for a while, each time with the next key.
   *
   * @throws AssertionError when one is refused
   */
  Times callFor(URI gateway, Duration time) {
    List<Long> nanos = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    try (RawConnection connection = RawConnection.to(gateway)) {
      while (System.nanoTime() < end) {
        long begin = System.nanoTime();
        int status = call(connection, keys.get(next++ % keys.size()));
        nanos.add(System.nanoTime() - begin);
        if (status != 200) {
          throw new AssertionError("a good key was answered " + status);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return Times.of(nanos);
  }

  /** Whether every key is accepted now. */
  boolean areAllServed(URI gateway) {
    try (RawConnection connection = RawConnection.to(gateway)) {
      for (NewKey key : keys) {
        if (call(connection, key) != 200) {
          return false;
        }
      }
      return true;
    } catch (UncheckedIOException e) {
      // Nobody listens yet.
      return false;
    }
  }

  private int call(RawConnection connection, NewKey key) {
    return connection
        .send("GET " + path + " HTTP/1.1", "Authorization: " + key.bearer())
        .answer()
        .status();
  }

  /**
   * What calls took.
   *
   * @param median half of them took at most so long
   * @param p90 nine of ten did
   */
  record Times(int calls, Duration median, Duration p90) {
    private static Times of(List<Long> nanos) {
      long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      return new Times(
          sorted.length,
          Duration.ofNanos(sorted[sorted.length / 2]),
          Duration.ofNanos(sorted[sorted.length * 9 / 10]));
    }
  }
}
