package dev.keyway.core.limit;

import dev.keyway.core.limit.WindowStore.Entry;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one subject has used of one limit.
 *
 * <p>What a store has of it is told by three counts of the requests admitted here, which only grow:
 * {@code written} ≤ {@code taken} ≤ {@code admitted}. At most a reserve of them is admitted and not
 * written, so after a crash it is known how many may be missing. The reserve is the one that holds
 * for the least number of the limit, or a greater one that was written down before it was used.
 *
 * <p>Its own monitor guards all of it. Whoever takes several of them does so by {@link #order}.
 */
abstract sealed class Counter permits RollingWindow, Quota {
  /**
   * How many requests of one subject may wait for a write at once: enough for the client that sends
   * all of its own together, and a small part of all that a node can have waiting.
   */
  static final int MOST_WAITING = 64;

  private static final AtomicLong MADE = new AtomicLong();

  private final RateLimit limit;
  private final CountedSubject subject;
  private final WindowBooks books;
  private final long order = MADE.incrementAndGet();

  private boolean complete;
  private boolean closed;
  private boolean due;
  private int waiting;

  private long admitted;
  private long taken;
  private long written;

  /** The reserve to be written down with the next write; 0 for the one that is had anyway. */
  private int wanted;

  Counter(RateLimit limit, CountedSubject subject, WindowBooks books) {
    this.limit = limit;
    this.subject = subject;
    this.books = books;
  }

  final RateLimit limit() {
    return limit;
  }

  final CountedSubject subject() {
    return subject;
  }

  final long order() {
    return order;
  }

  // Under the locks of all counters concerned.

  /** Whether this knows all that it has to; whatever counts no more is forgotten. */
  final boolean canTell(long now) {
    if (closed) {
      return false;
    }
    complete = complete || isOutlived(now);
    if (complete) {
      advance(now);
    }
    return complete;
  }

  final boolean mayGoUnwritten(long now, int cost) {
    return unwritten() + cost <= reserve(now);
  }

  /**
   * Counts. What such requests need stays granted for as long as they come.
   *
   * @param usualReserve that of the number which is allowed now
   */
  final void admit(long now, int cost, int usualReserve) {
    add(now, cost);
    admitted += cost;
    wanted = Math.max(wanted, reserveFor(cost, usualReserve));
    // At half the reserve, so that in normal running the write is done before the reserve is.
    if (!due && admitted - taken >= (reserveSoon(now) + 1) / 2) {
      becomeDue();
      books.callForWrite();
    }
  }

  /** How many requests count now. */
  abstract long used();

  /** After how many milliseconds so many of those that count now will have ceased to. */
  abstract long millisUntilFree(long now, long requests);

  // Each under its own lock alone.

  final synchronized boolean isClosed() {
    return closed;
  }

  /** Whether nothing is missing that was admitted before this counter began. */
  final synchronized boolean isComplete() {
    complete = complete || isOutlived(books.millis());
    return complete;
  }

  /** Whether this could admit a request; if a reserve is missing, the next write will get it. */
  final synchronized boolean isReady(int cost, int usualReserve) {
    boolean isReady = canTell(books.millis()) && mayGoUnwritten(books.millis(), cost);
    if (!isReady) {
      wanted = Math.max(wanted, reserveFor(cost, usualReserve));
    }
    return isReady;
  }

  /**
   * The reserve that a request needs. One of which few fit would have to meet an instant at which
   * nothing is unwritten, so it is given room beside the others. A reserve of 1 belongs to a limit
   * of ten at most, which soon refuses instead.
   */
  private static int reserveFor(int cost, int usualReserve) {
    return cost > 1 && 2 * cost > usualReserve ? usualReserve + cost : usualReserve;
  }

  /** Takes a place among those that wait for a write; false when there is none. */
  final synchronized boolean beginWaiting() {
    boolean hasPlace = waiting < MOST_WAITING;
    if (hasPlace) {
      waiting++;
    }
    return hasPlace;
  }

  /** Gives the place back. */
  final synchronized void endWaiting() {
    waiting--;
  }

  /** Has the counter written down with the next write. */
  final synchronized void becomeDue() {
    if (!due) {
      due = true;
      books.add(this);
    }
  }

  /** Closes the counter if it holds nothing any more, so that it may be dropped. */
  final synchronized boolean closeIfIdle() {
    long now = books.millis();
    advance(now);
    closed = isIdle(now);
    if (closed) {
      free();
    }
    return closed;
  }

  /** What has to be written down, as one entry; null when there is nothing. */
  final synchronized @Nullable Unwritten take() {
    long now = books.millis();
    due = false;
    if (!complete || closed) {
      // What it does not know it must not write over, nor what its successor wrote.
      return null;
    }
    advance(now);
    int reserve = reserveToWrite(wanted);
    if (unwritten() == 0 && !needsWriting(now, reserve)) {
      return null;
    }
    wanted = 0;
    taken = admitted;
    grant(reserve);
    return new Unwritten(this, entry(now, unwritten(), reserve), admitted, now);
  }

  /** What this has used, and what it may use unwritten once that is written down. */
  abstract Entry entry(long now, long unwritten, int reserve);

  /** Takes note that an entry is in the store. */
  abstract void noted(Entry entry, long takenAtMillis);

  /** Whether so much time has passed that nothing from before this counter can count. */
  abstract boolean isOutlived(long now);

  /** Forgets what counts no more. */
  abstract void advance(long now);

  abstract void add(long now, int cost);

  /** How much may be admitted and not written. */
  abstract int reserve(long now);

  /** The same a little later, if nothing is written until then. */
  abstract int reserveSoon(long now);

  /** The reserve that an entry grants. */
  abstract int reserveToWrite(int asked);

  /**
   * An entry that grants this is on its way: a smaller reserve holds from now on, a greater one
   * once it is {@link #noted}, and until then nobody knows which of them the store has.
   */
  abstract void grant(int reserve);

  /** Whether an entry is needed for the sake of its reserve alone. */
  abstract boolean needsWriting(long now, int reserve);

  abstract boolean isIdle(long now);

  /** Lets go of what takes room: callers remember counters that are closed. */
  abstract void free();

  final void setComplete() {
    complete = true;
  }

  final boolean isMarkedComplete() {
    return complete;
  }

  /** Drops the wish for a reserve; whoever still waits for one will wish again. */
  final void wantNothing() {
    wanted = 0;
  }

  final WindowBooks books() {
    return books;
  }

  final long unwritten() {
    return admitted - written;
  }

  /** At most so many of what was admitted here still matter; the others need no writing. */
  final void keepUnwritten(long most) {
    if (admitted - written > most) {
      written = admitted - most;
      taken = Math.max(taken, written);
    }
  }

  private synchronized void written(Unwritten some) {
    written = Math.max(written, some.upTo);
    noted(some.entry, some.takenAtMillis);
  }

  private synchronized void notWritten() {
    taken = written;
    becomeDue();
  }

  /** A counter's entry on its way into the store. */
  record Unwritten(Counter counter, Entry entry, long upTo, long takenAtMillis) {
    void isWritten() {
      counter.written(this);
    }

    void isNotWritten() {
      counter.notWritten();
    }
  }
}
