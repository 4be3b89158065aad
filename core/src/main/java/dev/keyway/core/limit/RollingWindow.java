package dev.keyway.core.limit;

import dev.keyway.core.limit.WindowStore.Admissions;
import dev.keyway.core.limit.WindowStore.Entry;
import dev.keyway.core.limit.WindowStore.Passed;
import java.util.List;

/**
 * The admissions of one subject under one limit, exactly: a ring of the times of the last <i>q</i>
 * requests, each as often as it cost.
 *
 * <p>A request is admitted when fewer than <i>q</i> lie in the window before it. That is the whole
 * of the promise "never more than q in any window", and no bucket or sub-window can err. Times are
 * milliseconds in 32 bits, and the ring grows with use, so an active key costs 4 bytes a request
 * and at most 4q bytes.
 */
final class RollingWindow extends Counter {
  private static final int FIRST_CAPACITY = 8;
  private static final int[] NO_TIMES = {};

  // One more than the window: truncated times can look a millisecond further apart than they are.
  private final int windowMillis;
  private final int leastReserve;

  private int[] times;
  private int oldest;
  private int count;
  private int latest;
  private int granted;
  private long grantedUntil;

  /** A window that holds nothing yet, not even what was admitted before this node began. */
  RollingWindow(RateLimit limit, Period.Rolling period, CountedSubject subject, WindowBooks books) {
    super(limit, subject, books);
    this.windowMillis = (int) period.window().toMillis() + 1;
    this.leastReserve = limit.reserve(limit.requests().least());
    this.times = new int[(int) Math.min(FIRST_CAPACITY, limit.requests().least())];
    this.latest = (int) books.millis();
  }

  long windowMillis() {
    return windowMillis;
  }

  /** How many requests it has room for now. */
  synchronized int capacity() {
    return times.length;
  }

  /** How many requests a crash leaves unknown where nothing else is written. */
  int leastReserve() {
    return leastReserve;
  }

  /**
   * Takes in what was admitted before this node began.
   *
   * @param passed in the order of their times, none of them in the future
   */
  synchronized void complete(List<Passed> passed) {
    if (isMarkedComplete() || isClosed()) {
      return;
    }
    setComplete();
    long total = passed.stream().mapToLong(Passed::requests).sum();
    // The limit may be lower than it was: the newest are those that count longest.
    long skipped = Math.max(0, total - limit().requests().greatest());
    for (Passed some : passed) {
      int left = (int) Math.max(0, some.requests() - skipped);
      skipped -= some.requests() - left;
      append((int) some.atMillis(), left);
    }
  }

  @Override
  long used() {
    return count;
  }

  @Override
  long millisUntilFree(long now, long requests) {
    if (count == 0) {
      return windowMillis;
    }
    int last = (int) Math.min(requests, count) - 1;
    int age = (int) now - times[(oldest + last) % times.length];
    return (long) windowMillis - age;
  }

  @Override
  boolean isOutlived(long now) {
    // Not in 32 bits: a node runs for longer than they tell apart.
    return now - books().begunAtMillis() >= windowMillis;
  }

  @Override
  void advance(long millis) {
    int now = (int) millis;
    while (count > 0 && now - times[oldest] >= windowMillis) {
      oldest++;
      if (oldest == times.length) {
        oldest = 0;
      }
      count--;
    }
    // Whatever left before it was written down, nobody will need.
    keepUnwritten(count);
  }

  @Override
  void add(long now, int cost) {
    append((int) now, cost);
    latest = (int) now;
  }

  @Override
  int reserve(long now) {
    return now < grantedUntil ? Math.max(granted, leastReserve) : leastReserve;
  }

  @Override
  int reserveSoon(long now) {
    return reserve(now + windowMillis / 4);
  }

  @Override
  int reserveToWrite(int asked) {
    return Math.max(asked, leastReserve);
  }

  @Override
  void grant(int reserve) {
    // The entry that granted more is kept for as long as what it granted may count.
  }

  @Override
  boolean needsWriting(long now, int reserve) {
    return reserve > reserve(now);
  }

  @Override
  Entry entry(long now, long unwritten, int reserve) {
    // All of them at the time of the last: they count a little too long after a restart, never too
    // short.
    long at = unwritten == 0 ? now : now - ((int) now - latest);
    // What is granted may be used for a window from now on, and then counts for another.
    boolean grants = reserve > leastReserve;
    long until = (grants ? now + 2L * windowMillis : at + windowMillis) + WindowBooks.MARGIN_MILLIS;
    return new Admissions(subject(), at, until, (int) unwritten, grants ? reserve : 0);
  }

  @Override
  void noted(Entry entry, long takenAtMillis) {
    // An earlier entry that grants more is kept beside this one, and holds for its own time.
    if (entry.reserve() >= granted || takenAtMillis >= grantedUntil) {
      granted = entry.reserve();
      grantedUntil = takenAtMillis + windowMillis;
    }
  }

  @Override
  boolean isIdle(long now) {
    return count == 0 && (int) now - latest >= windowMillis;
  }

  @Override
  void free() {
    times = NO_TIMES;
    oldest = 0;
  }

  private void append(int time, int requests) {
    if (count + requests > times.length) {
      grow(count + requests);
    }
    int next = oldest + count;
    for (int i = 0; i < requests; i++, next++) {
      times[next < times.length ? next : next - times.length] = time;
    }
    count += requests;
  }

  private void grow(int needed) {
    int usual = (int) Math.min(limit().requests().greatest(), 2L * times.length);
    int[] larger = new int[Math.max(needed, usual)];
    int tail = Math.min(count, times.length - oldest);
    System.arraycopy(times, oldest, larger, 0, tail);
    System.arraycopy(times, 0, larger, tail, count - tail);
    times = larger;
    oldest = 0;
  }
}
