package dev.keyway.server.http;

import dev.keyway.core.AddressBucket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many bytes the bodies of all requests under way may have together, and those of one client
 * address. Anybody may send a body before it is known who they are, so a bound on each alone lets
 * many connections fill the memory, and a bound on all alone lets one client keep the others out.
 *
 * <p>What has arrived counts, not what was announced: to announce costs a stranger nothing.
 */
final class BodyBudget {
  private static final long MAX_BYTES = 16L << 20;

  /** A body is copied a few times on its way, and the heap is for other things, too. */
  private static final int SHARE_OF_HEAP = 16;

  /** One address has a quarter of it at most. */
  private static final int SHARE_OF_BUDGET = 4;

  /** Addresses share places by chance; the fewer, the more often, and each takes 8 bytes. */
  private static final int PLACES = 4_096;

  private final AtomicLong free;
  private final long mostOfOne;
  private final AtomicLongArray taken = new AtomicLongArray(PLACES);

  BodyBudget(long bytes) {
    this.free = new AtomicLong(bytes);
    this.mostOfOne = bytes / SHARE_OF_BUDGET;
  }

  /** What this process bears. */
  static BodyBudget ofThisProcess() {
    return new BodyBudget(Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
  }

  /** A body of a client, of which nothing has arrived. */
  Claim open(AddressBucket client) {
    return new Claim((int) (client.hash() & (PLACES - 1)));
  }

  /** What one body takes of the budget. One thread at a time may use it. */
  final class Claim {
    private final int place;
    private long bytes;

    private Claim(int place) {
      this.place = place;
    }

    /** Takes more, or takes nothing and says so. */
    boolean grow(int moreBytes) {
      if (taken.addAndGet(place, moreBytes) > mostOfOne) {
        taken.addAndGet(place, -moreBytes);
        return false;
      }
      if (free.addAndGet(-moreBytes) < 0) {
        free.addAndGet(moreBytes);
        taken.addAndGet(place, -moreBytes);
        return false;
      }
      bytes += moreBytes;
      return true;
    }

    /** What this one holds, in another's hands; this one gives nothing back any more. */
    Claim handOver() {
      var other = new Claim(place);
      other.bytes = bytes;
      bytes = 0;
      return other;
    }

    /** Gives all of it back, once. */
    void release() {
      taken.addAndGet(place, -bytes);
      free.addAndGet(bytes);
      bytes = 0;
    }
  }
}
