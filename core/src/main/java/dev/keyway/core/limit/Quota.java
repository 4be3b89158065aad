package dev.keyway.core.limit;

import dev.keyway.core.limit.WindowStore.Entry;
import dev.keyway.core.limit.WindowStore.QuotaUse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one subject has used in the current day or month, in UTC: a count.
 *
 * <p>Nothing is admitted before a row of the store grants a reserve for it. So a start after a
 * crash finds in the rows themselves how many may be missing, and subjects that were not in use
 * lose nothing.
 *
 * <p>The row of another calendar, which the limit had before its profile was changed, is read by
 * its beginning: what a day of this month used is this month's, so far as it is known, and what a
 * month used is that of its first day, and on any other nothing.
 *
 * <p>A period that has begun is not left backwards: when the clock is set back, the count goes on
 * until the later period ends. Only one that lies further ahead than the next one was begun by a
 * clock that was quite wrong; then the count is brought to the present.
 */
final class Quota extends Counter {
  private static final long IDLE_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Period.Calendar calendar;
  private long startMillis;
  private long endMillis;
  private long used;
  private long latest;

  /** What may be used. */
  private int granted;

  /** The most that the row can grant: after a failed write nobody knows what it does. */
  private int grantedByRow;

  private boolean isReleasing;

  /** A quota of which nothing is known yet. */
  Quota(RateLimit limit, Period.Calendar calendar, CountedSubject subject, WindowBooks books) {
    super(limit, subject, books);
    this.calendar = calendar;
    this.latest = books.millis();
    enter(books.epochMillis(latest));
  }

  /** Takes in what the store has; null for nothing. */
  synchronized void complete(@Nullable QuotaUse kept) {
    if (isMarkedComplete()) {
      return;
    }
    setComplete();
    advance(books().millis());
    if (kept != null && calendar.startMillis(kept.startMillis()) >= startMillis) {
      enter(kept.startMillis());
      used = kept.used();
      grantedByRow = kept.reserve();
      // It may lie too far ahead.
      advance(books().millis());
    }
  }

  @Override
  long used() {
    return used;
  }

  @Override
  long millisUntilFree(long now, long requests) {
    return endMillis - books().epochMillis(now);
  }

  @Override
  boolean isOutlived(long now) {
    return false;
  }

  @Override
  void advance(long now) {
    long epoch = books().epochMillis(now);
    if (epoch >= endMillis) {
      enter(epoch);
      used = 0;
      keepUnwritten(0);
    } else if (epoch < startMillis && calendar.endMillis(epoch) < startMillis) {
      enter(epoch);
    }
  }

  @Override
  void add(long now, int cost) {
    used += cost;
    latest = now;
    isReleasing = false;
  }

  @Override
  int reserve(long now) {
    return granted;
  }

  @Override
  int reserveSoon(long now) {
    return granted;
  }

  @Override
  int reserveToWrite(int asked) {
    if (asked > 0) {
      return asked;
    }
    return isReleasing ? 0 : granted;
  }

  @Override
  void grant(int reserve) {
    granted = Math.min(granted, reserve);
    grantedByRow = Math.max(grantedByRow, reserve);
  }

  @Override
  boolean needsWriting(long now, int reserve) {
    return reserve != granted || reserve != grantedByRow;
  }

  @Override
  Entry entry(long now, long unwritten, int reserve) {
    return new QuotaUse(subject(), startMillis, endMillis, used, reserve);
  }

  @Override
  void noted(Entry entry, long takenAtMillis) {
    // An entry of a period that is over grants nothing in this one.
    if (entry instanceof QuotaUse use && use.startMillis() == startMillis) {
      granted = use.reserve();
      grantedByRow = granted;
    }
  }

  /** Only what grants nothing any more may go; the first call after a while has that written. */
  @Override
  boolean isIdle(long now) {
    if (now - latest < IDLE_MILLIS) {
      return false;
    }
    if (grantedByRow == 0 && unwritten() == 0) {
      return true;
    }
    isReleasing = true;
    wantNothing();
    becomeDue();
    return false;
  }

  @Override
  void free() {
    // It holds nothing but numbers.
  }

  private void enter(long epoch) {
    startMillis = calendar.startMillis(epoch);
    endMillis = calendar.endMillis(epoch);
    granted = 0;
    grantedByRow = 0;
  }
}
