package dev.keyway.core.limit;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.limit.WindowStore.Admissions;
import dev.keyway.core.limit.WindowStore.Passed;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The admissions of one key under one limit, exactly: a ring of the times of the last <i>q</i>.
 *
 * <p>A request is admitted when the <i>q</i>-th last admission is at least a window ago. That is
 * the whole of the promise "never more than q in any window", and no bucket or sub-window can err.
 * Times are milliseconds in 32 bits, and the ring grows with use, so an active key costs 4 bytes an
 * admission and at most 4q bytes.
 *
 * <p>What a store has of it is told by three counts of the admissions made here, which only grow:
 * {@code written} ≤ {@code taken} ≤ {@code admitted}. At most {@link #reserve} are admitted and not
 * written, so after a crash it is known how many may be missing.
 */
final class RollingWindow {
  private static final int FIRST_CAPACITY = 8;

  /**
   * How many requests of one key may wait for a write at once: enough for the client that sends all
   * of its own together, and a small part of all that a node can have waiting.
   */
  static final int MOST_WAITING = 64;

  private final RateLimit limit;
  private final ApiKeyId key;
  private final WindowBooks books;
  // One more than the window: truncated times can look a millisecond further apart than they are.
  private final int windowMillis;
  private final int reserve;

  private int[] times;
  private int oldest;
  private int count;
  private int latest;
  private boolean complete;
  private boolean closed;

  private long admitted;
  private long taken;
  private long written;
  private boolean due;
  private int waiting;

  /** A window that holds nothing yet, not even what was admitted before this node began. */
  RollingWindow(RateLimit limit, ApiKeyId key, WindowBooks books) {
    this.limit = limit;
    this.key = key;
    this.books = books;
    this.windowMillis = (int) limit.window().toMillis() + 1;
    this.reserve = reserve(limit);
    this.times = new int[Math.min(FIRST_CAPACITY, limit.requests())];
    this.latest = (int) books.millis();
  }

  /** How many requests may be admitted and not yet written down: a tenth, rounded up. */
  static int reserve(RateLimit limit) {
    return (limit.requests() + 9) / 10;
  }

  RateLimit limit() {
    return limit;
  }

  ApiKeyId key() {
    return key;
  }

  /** Admits or refuses; null when this window is closed, or not ready. */
  synchronized @Nullable LimitState acquire() {
    // Read under the lock: the ring's times must not run backwards.
    long millis = books.millis();
    if (closed || !books.isOpen() || !isComplete(millis)) {
      return null;
    }
    int now = (int) millis;
    forget(now);
    if (count == limit.requests()) {
      return new LimitState(limit, false, 0, untilOldestLeaves(now));
    }
    if (admitted - written >= reserve) {
      return null;
    }
    admit(now);
    return new LimitState(limit, true, limit.requests() - count, untilOldestLeaves(now));
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Whether nothing is missing that was admitted before this node began. */
  synchronized boolean isComplete() {
    return isComplete(books.millis());
  }

  /** Whether one more admission may go unwritten. */
  synchronized boolean hasReserve() {
    forget((int) books.millis());
    return admitted - written < reserve;
  }

  /** Takes a place among those that wait for a write; false when there is none. */
  synchronized boolean beginWaiting() {
    boolean hasPlace = waiting < MOST_WAITING;
    if (hasPlace) {
      waiting++;
    }
    return hasPlace;
  }

  /** Gives the place back. */
  synchronized void endWaiting() {
    waiting--;
  }

  /**
   * Takes in what was admitted before this node began.
   *
   * @param passed in the order of their times, none of them in the future
   */
  synchronized void complete(List<Passed> passed) {
    if (complete) {
      return;
    }
    complete = true;
    int total = passed.stream().mapToInt(Passed::requests).sum();
    // The limit may be lower than it was: the newest are those that count longest.
    int skipped = Math.max(0, total - limit.requests());
    for (Passed some : passed) {
      int left = Math.max(0, some.requests() - skipped);
      skipped -= some.requests() - left;
      for (int i = 0; i < left; i++) {
        add((int) some.atMillis());
      }
    }
  }

  /** Closes the window if nothing in it counts any more, so that it may be dropped. */
  synchronized boolean closeIfIdle() {
    int now = (int) books.millis();
    forget(now);
    closed = count == 0 && now - latest >= windowMillis;
    return closed;
  }

  /** What has to be written down, as one entry; null when there is nothing. */
  synchronized @Nullable Unwritten take() {
    long now = books.millis();
    forget((int) now);
    due = false;
    if (admitted == written) {
      return null;
    }
    taken = admitted;
    // All of them at the time of the last: they count a little too long after a restart, never too
    // short.
    long at = now - ((int) now - latest);
    long until = at + windowMillis + WindowBooks.MARGIN_MILLIS;
    int requests = (int) (admitted - written);
    return new Unwritten(this, new Admissions(key, limit.name(), at, until, requests), admitted);
  }

  /** Notes that all up to an admission is written down. */
  private synchronized void written(long upTo) {
    written = Math.max(written, upTo);
  }

  /** Notes that what was taken is not written down after all. */
  private synchronized void notWritten() {
    taken = written;
    becomeDue();
  }

  /** Has the window written down with the next write. */
  synchronized void becomeDue() {
    if (!due) {
      due = true;
      books.add(this);
    }
  }

  private boolean isComplete(long now) {
    if (!complete) {
      // What was admitted before the node began has left by itself by now. Not in 32 bits: a node
      // runs for longer than they tell apart.
      complete = now - books.begunAtMillis() >= windowMillis;
    }
    return complete;
  }

  private void forget(int now) {
    while (count > 0 && now - times[oldest] >= windowMillis) {
      oldest = (oldest + 1) % times.length;
      count--;
    }
    if (admitted - written > count) {
      // They left before they were written down, and nobody will need them.
      written = admitted - count;
      taken = Math.max(taken, written);
    }
  }

  private void admit(int now) {
    add(now);
    latest = now;
    admitted++;
    // At half the reserve, so that in normal running the write is done before the reserve is.
    if (!due && admitted - taken >= (reserve + 1) / 2) {
      becomeDue();
      books.callForWrite();
    }
  }

  private void add(int time) {
    if (count == times.length) {
      grow();
    }
    times[(oldest + count) % times.length] = time;
    count++;
  }

  private void grow() {
    int[] larger = Arrays.copyOf(times, Math.min(limit.requests(), times.length * 2));
    for (int i = 0; i < count; i++) {
      larger[i] = times[(oldest + i) % times.length];
    }
    times = larger;
    oldest = 0;
  }

  private long untilOldestLeaves(int now) {
    int age = now - times[oldest];
    return (long) windowMillis - age;
  }

  /** Admissions of a window on their way into the store. */
  record Unwritten(RollingWindow window, Admissions entry, long upTo) {
    void isWritten() {
      window.written(upTo);
    }

    void isNotWritten() {
      window.notWritten();
    }
  }
}
