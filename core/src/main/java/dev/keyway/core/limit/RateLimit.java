package dev.keyway.core.limit;

import java.time.Duration;

/**
 * A promise: at most so many requests are admitted in any window of a length, or in any day or
 * month of the calendar.
 *
 * @param name its name in the profile and in {@code RateLimit-Policy}
 * @param requests how many, by plan where the profile says so
 * @param by whose requests count together
 */
public record RateLimit(String name, Allowance requests, Period period, CountedBy by) {
  /** A rolling window remembers each request it counts, so the number is bounded. */
  public static final long MAX_ROLLING = 100_000;

  /** A calendar period remembers a count; beyond this, the fields of answers could not say it. */
  public static final long MAX_CALENDAR = 1_000_000_000_000L;

  /** What one request may cost. */
  public static final int MAX_COST = 1_000;

  /** What a crash may cost of a quota, beyond what a single request costs. */
  public static final long MAX_QUOTA_RESERVE = 100;

  public RateLimit {
    long most = most(period);
    if (requests.greatest() > most) {
      throw new IllegalArgumentException("requests must be from 1 to " + most);
    }
  }

  /** A limit of each key in a rolling window. */
  public RateLimit(String name, long requests, Duration window) {
    this(name, new Allowance.Same(requests), new Period.Rolling(window), CountedBy.KEY);
  }

  /** The greatest number that can be allowed in a period. */
  public static long most(Period period) {
    return period instanceof Period.Rolling ? MAX_ROLLING : MAX_CALENDAR;
  }

  /**
   * How many requests may be admitted and not yet written down, where so many are allowed: a tenth,
   * rounded up, and of a quota no more than a hundred.
   */
  int reserve(long allowed) {
    long tenth = (allowed + 9) / 10;
    return (int) (period instanceof Period.Rolling ? tenth : Math.min(tenth, MAX_QUOTA_RESERVE));
  }
}
