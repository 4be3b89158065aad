package dev.keyway.core.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Limiters that err, in ways in which limiters usually do. */
final class WrongLimiter implements RateLimiter {
  /** How. */
  enum Kind {
    /** Counts in windows that begin at whole multiples of their length. */
    FIXED_WINDOW,
    /** Fills up evenly, so that a burst and what was filled up since meet in one window. */
    TOKEN_BUCKET,
    /** Counts in one limit after the other, and leaves counted what came before a refusal. */
    PARTIAL,
    REFUSES_ALL
  }

  private final RateLimiter right;
  private final Kind kind;
  private final LongSupplier millis;
  private final Map<CountedSubject, double[]> used = new HashMap<>();

  WrongLimiter(RateLimiter right, Kind kind, LongSupplier millis) {
    this.right = right;
    this.kind = kind;
    this.millis = millis;
  }

  @Override
  public LimitState acquireIfReady(Charge charge, LimitedCaller caller) {
    return acquire(charge, caller);
  }

  @Override
  public LimitState acquire(Charge charge, LimitedCaller caller) {
    boolean isAdmitted =
        switch (kind) {
          case REFUSES_ALL -> false;
          case PARTIAL ->
              charge.limits().limits().stream().allMatch(one -> rightly(one, charge, caller));
          case FIXED_WINDOW, TOKEN_BUCKET ->
              charge.limits().limits().stream().allMatch(one -> has(one, charge, caller));
        };
    if (isAdmitted && (kind == Kind.FIXED_WINDOW || kind == Kind.TOKEN_BUCKET)) {
      charge.limits().limits().forEach(one -> use(one, charge, caller));
    }
    return Limiters.state(charge, caller, isAdmitted, 1_000);
  }

  private boolean rightly(RateLimit limit, Charge charge, LimitedCaller caller) {
    var alone = new LimitSet(List.of(limit), LimitHeaders.STANDARD);
    return right.acquire(new Charge(alone, charge.cost()), caller).admitted();
  }

  private boolean has(RateLimit limit, Charge charge, LimitedCaller caller) {
    long allowed = limit.requests().on(caller.plan());
    return allowed == 0 || entry(limit, allowed, caller)[1] + charge.cost() <= allowed;
  }

  private void use(RateLimit limit, Charge charge, LimitedCaller caller) {
    long allowed = limit.requests().on(caller.plan());
    if (allowed > 0) {
      entry(limit, allowed, caller)[1] += charge.cost();
    }
  }

  /** When it was looked at, and how much was used then. */
  private double[] entry(RateLimit limit, long allowed, LimitedCaller caller) {
    var subject = new CountedSubject(limit.name(), limit.by(), caller.idOf(limit.by()));
    long now = millis.getAsLong();
    double[] entry = used.computeIfAbsent(subject, _ -> new double[] {now, 0});
    if (limit.period() instanceof Period.Rolling(var window)) {
      long length = window.toMillis();
      if (kind == Kind.TOKEN_BUCKET) {
        entry[1] = Math.max(0, entry[1] - (now - entry[0]) * allowed / length);
      } else if (Math.floorDiv(now, length) != Math.floorDiv((long) entry[0], length)) {
        entry[1] = 0;
      }
      entry[0] = now;
    }
    return entry;
  }
}
