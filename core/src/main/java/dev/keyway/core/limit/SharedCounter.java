package dev.keyway.core.limit;

import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import dev.keyway.core.limit.UnitStore.Outcome;

/**
 * What this node may still spend of one subject's limit without asking, and what it has to say of
 * what it spent.
 *
 * <p>Its own monitor guards all of it. Whoever takes several of them does so by {@link #order}.
 */
final class SharedCounter {
  /** For how long a refusal is believed: others may give back what they hold. */
  private static final long REFUSAL_NANOS = 200_000_000;

  /** After so long what is in hand is given back: a quota would keep it for a month. */
  private static final long UNUSED_NANOS = 600_000_000_000L;

  /** For so long a batch of a quota should last; its units live as long as their period. */
  private static final long QUOTA_BATCH_NANOS = 10_000_000_000L;

  private static final int MOST_WANTED = 10_000;

  /** Below it, nothing is asked for before it is needed: others may need it more. */
  private static final int LEAST_AHEAD = 4;

  private final RateLimit limit;
  private final CountedSubject subject;
  private final String account;
  private final long order;

  private final Hand first = new Hand();
  private final Hand second = new Hand();
  private boolean isAsked;
  private boolean isClosed;

  // What is to be said with the next claim.
  private long number;
  private long spent;
  private int needed;
  private long allowed;

  // How much to want.
  private int wanted = 1;
  private long spentAtAnswer;
  private long answeredAtNanos;
  private long lifeNanos;

  // What the last answer said.
  private long free;
  private long freeAtNanos;
  private Outcome outcome = Outcome.GRANTED;
  private int refusedCost;
  private long believedUntilNanos;
  private long usedAtNanos;

  SharedCounter(RateLimit limit, CountedSubject subject, String node, long order, long now) {
    this.limit = limit;
    this.subject = subject;
    this.account = node + ':' + order;
    this.order = order;
    this.usedAtNanos = now;
    this.answeredAtNanos = now;
  }

  /** Units that may be spent until an instant. */
  private static final class Hand {
    private int units;
    private long untilNanos;

    boolean has(int cost, long now) {
      return units >= cost && now - untilNanos < 0;
    }

    int at(long now) {
      return now - untilNanos < 0 ? units : 0;
    }
  }

  /** What can be said at once of a request. */
  enum Answer {
    YES,
    NO,
    /** Nobody can tell, and it was asked a moment ago. */
    UNKNOWN,
    /** The store has to be asked. */
    ASK,
    CLOSED
  }

  CountedSubject subject() {
    return subject;
  }

  RateLimit limit() {
    return limit;
  }

  long order() {
    return order;
  }

  // Under the locks of all counters concerned.

  Answer ask(int cost, long now) {
    if (isClosed) {
      return Answer.CLOSED;
    }
    if (first.has(cost, now) || second.has(cost, now)) {
      return Answer.YES;
    }
    if (outcome == Outcome.GRANTED || cost < refusedCost || now - believedUntilNanos >= 0) {
      return Answer.ASK;
    }
    return outcome == Outcome.FULL ? Answer.NO : Answer.UNKNOWN;
  }

  /** Spends what {@link #ask} said is there; true when more should be asked for soon. */
  boolean spend(int cost, long now) {
    Hand hand = first.has(cost, now) ? first : second;
    hand.units -= cost;
    spent += cost;
    usedAtNanos = now;
    return wanted >= LEAST_AHEAD && inHand(now) * 2L < wanted;
  }

  /**
   * Wants so much that a request of this cost can pass; true when nobody had wanted anything.
   *
   * @param allowedNow the limit's number for whom it is wanted
   */
  boolean want(int cost, long allowedNow) {
    needed = Math.max(needed, cost);
    allowed = allowedNow;
    boolean isFirst = !isAsked;
    isAsked = true;
    return isFirst;
  }

  int inHand(long now) {
    return first.at(now) + second.at(now);
  }

  /** How many more would be admitted, as far as this node was told. */
  long remaining(long now, long allowedNow) {
    return Math.clamp(free + inHand(now), 0, allowedNow);
  }

  long millisUntilFree(long now) {
    return Math.max(1, (freeAtNanos - now + 999_999) / 1_000_000);
  }

  // Each under its own lock alone.

  synchronized boolean isClosed() {
    return isClosed;
  }

  synchronized int inHandNow(long now) {
    return inHand(now);
  }

  /** What to send now. */
  synchronized Claim claim(long now) {
    isAsked = false;
    boolean isGivenUp = isClosed || (needed == 0 && isUnused(now));
    long droppedMillis = Math.max(0, first.untilNanos - now) / 1_000_000;
    int dropped = isGivenUp ? giveUp(now) : 0;
    dropExpired(first, now);
    dropExpired(second, now);
    int least = needed;
    needed = 0;
    adapt(now);
    return new Claim(
        subject,
        limit.period(),
        account,
        allowed,
        ++number,
        spent,
        first.units + second.units,
        dropped,
        droppedMillis,
        least,
        least == 0 ? 0 : Math.max(least, wanted));
  }

  /** Whether it holds what it can spend no more, so that others could have it. */
  synchronized boolean hasLeftovers(long now) {
    boolean isOver = inHand(now) < first.units + second.units && now - answeredAtNanos >= lifeNanos;
    boolean hasSome = !isAsked && (isOver || (inHand(now) > 0 && isUnused(now)));
    isAsked = isAsked || hasSome;
    return hasSome;
  }

  private boolean isUnused(long now) {
    return now - usedAtNanos >= UNUSED_NANOS;
  }

  /** Takes in the answer to the last claim. */
  synchronized void answered(Claim claim, Grant grant, long sentAtNanos, long now) {
    lifeNanos = grant.lifeMillis() * 1_000_000;
    long until = sentAtNanos + lifeNanos;
    answeredAtNanos = now;
    outcome = grant.outcome();
    free = grant.free();
    freeAtNanos = now + grant.waitMillis() * 1_000_000;
    if (outcome != Outcome.GRANTED) {
      refusedCost = claim.least();
      believedUntilNanos =
          now
              + (outcome == Outcome.FULL
                  ? Math.min(REFUSAL_NANOS, grant.waitMillis() * 1_000_000)
                  : REFUSAL_NANOS);
    }
    if (grant.isHandKept()) {
      // What was in hand when this was sent has the new life, as far as it is still there.
      first.units += second.units + grant.units();
      second.units = 0;
      first.untilNanos = until;
    } else if (grant.units() > 0) {
      renew(grant.units(), until, now);
    }
  }

  /** Takes note that nobody answered: what may have been granted is not spent. */
  synchronized void unanswered(long now) {
    outcome = Outcome.UNKNOWN;
    refusedCost = 1;
    believedUntilNanos = now + REFUSAL_NANOS;
  }

  /** Closes the counter if it is not in use, so that it may be dropped. */
  synchronized boolean closeIfIdle(long now, long idleNanos) {
    isClosed = isClosed || (!isAsked && now - usedAtNanos >= idleNanos && inHand(now) == 0);
    return isClosed;
  }

  /** Gives up what is in hand: nothing is spent any more. */
  synchronized Claim close(long now) {
    isClosed = true;
    needed = 0;
    return claim(now);
  }

  private void renew(int units, long until, long now) {
    if (first.at(now) == 0) {
      first.units = second.units;
      first.untilNanos = second.untilNanos;
      second.units = 0;
    }
    if (first.at(now) == 0) {
      first.units = units;
      first.untilNanos = until;
    } else if (isQuota()) {
      // Of one period: they end together, and what was not spent can be had by nobody else.
      first.units += units;
      first.untilNanos = until - first.untilNanos < 0 ? until : first.untilNanos;
    } else {
      second.units = units;
      second.untilNanos = until;
    }
  }

  /** What may be spent no more is nobody's: of a quota, its period is over. */
  private static void dropExpired(Hand hand, long now) {
    hand.units = hand.at(now);
  }

  private int giveUp(long now) {
    int all = inHand(now);
    first.units = 0;
    second.units = 0;
    return all;
  }

  private boolean isQuota() {
    return limit.period() instanceof Period.Calendar;
  }

  /** Twice as much when it was soon gone, and no more than was spent when it was not. */
  private void adapt(long now) {
    long since = now - answeredAtNanos;
    long used = spent - spentAtAnswer;
    long batch = isQuota() ? QUOTA_BATCH_NANOS : lifeNanos;
    // A crash costs no more of a quota than it costs a lone node.
    int most = isQuota() ? (int) RateLimit.MAX_QUOTA_RESERVE : MOST_WANTED;
    if (since < batch / 2) {
      wanted = (int) Math.min(most, 2L * wanted);
    } else if (since >= batch) {
      wanted = Math.clamp(used, 1, most);
    }
    spentAtAnswer = spent;
  }
}
