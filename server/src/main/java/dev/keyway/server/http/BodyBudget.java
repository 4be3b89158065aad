package dev.keyway.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the bodies of all requests under way may have together. Anybody may send a body
 * before it is known who they are, so a bound on each alone lets many clients fill the memory.
 *
 * <p>What has arrived counts, not what was announced: to announce costs a stranger nothing.
 */
final class BodyBudget {
  private static final long MAX_BYTES = 16L << 20;

  /** A body is copied a few times on its way, and the heap is for other things, too. */
  private static final int SHARE_OF_HEAP = 16;

  private final AtomicLong free;

  BodyBudget(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  /** What this process bears. */
  static BodyBudget ofThisProcess() {
    return new BodyBudget(Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
  }

  /** A body of which nothing has arrived. */
  Claim open() {
    return new Claim();
  }

  /** What one body takes of the budget. One thread at a time may use it. */
  final class Claim {
    private long bytes;

    /** Takes more, or takes nothing and says so. */
    boolean grow(int moreBytes) {
      if (free.addAndGet(-moreBytes) < 0) {
        free.addAndGet(moreBytes);
        return false;
      }
      bytes += moreBytes;
      return true;
    }

    /** What this one holds, in another's hands; this one gives nothing back any more. */
    Claim handOver() {
      var other = new Claim();
      other.bytes = bytes;
      bytes = 0;
      return other;
    }

    /** Gives all of it back, once. */
    void release() {
      free.addAndGet(bytes);
      bytes = 0;
    }
  }
}
