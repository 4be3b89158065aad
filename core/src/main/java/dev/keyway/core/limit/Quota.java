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
  private int granted;
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
    if (kept != null && kept.startMillis() >= startMillis) {
      startMillis = kept.startMillis();
      endMillis = kept.endMillis();
      used = kept.used();
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
    return isReleasing && asked == 0 ? 0 : Math.max(asked, granted);
  }

  @Override
  void lowerTo(int reserve) {
    granted = Math.min(granted, reserve);
  }

  @Override
  boolean needsWriting(long now, int reserve) {
    return reserve != granted;
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
    }
  }

  /** Only what grants nothing any more may go; the first call after a while has that written. */
  @Override
  boolean isIdle(long now) {
    if (now - latest < IDLE_MILLIS) {
      return false;
    }
    if (granted == 0 && unwritten() == 0) {
      return true;
    }
    isReleasing = true;
    becomeDue();
    return false;
  }

  private void enter(long epoch) {
    startMillis = calendar.startMillis(epoch);
    endMillis = calendar.endMillis(epoch);
    granted = 0;
  }
}
