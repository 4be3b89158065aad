package dev.keyway.core.limit;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.memory.InMemoryStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes limiters for tests. */
public final class Limiters {
  /** For whoever has nothing to do when a limiter tells it something. */
  public static final LimitEvents NO_EVENTS =
      new LimitEvents() {
        @Override
        public void due() {}

        @Override
        public void lastRunBrokeOff() {}

        @Override
        public void clockSet(Duration by) {}
      };

  private Limiters() {}

  /** What a request costs under some limits together. */
  public static Charge charge(int cost, RateLimit... limits) {
    return charge(cost, List.of(limits));
  }

  static Charge charge(int cost, List<RateLimit> limits) {
    var names = limits.stream().map(RateLimit::name).toList();
    return Objects.requireNonNull(Limits.of(limits).charge(names, cost));
  }

  /** Counts one request of a key, which remembers nothing from the one before. */
  static LimitState acquire(RateLimiter limiter, RateLimit limit, ApiKeyId key) {
    return limiter.acquire(charge(1, limit), TestCaller.of(key.toString()));
  }

  static @Nullable LimitState acquireIfReady(RateLimiter limiter, RateLimit limit, ApiKeyId key) {
    return limiter.acquireIfReady(charge(1, limit), TestCaller.of(key.toString()));
  }

  static int requests(RateLimit limit) {
    return (int) limit.requests().greatest();
  }

  static Duration window(RateLimit limit) {
    return ((Period.Rolling) limit.period()).window();
  }

  static LimitState refused(RateLimit limit, long resetMillis) {
    return state(charge(1, limit), TestCaller.of("key_1"), false, resetMillis);
  }

  static CountedSubject subject(ApiKeyId key, String limit) {
    return new CountedSubject(limit, CountedBy.KEY, key.toString());
  }

  /** An answer of which nothing else matters. */
  public static LimitState state(
      Charge charge, LimitedCaller caller, boolean admitted, long resetMillis) {
    return new LimitState(charge.limits().on(caller.plan()), 0, admitted, 0, resetMillis);
  }

  /** A charge that nobody pays who is on another plan. */
  public static Charge chargeOnPlan(String plan) {
    var limit =
        new RateLimit(
            "some",
            new Allowance.ByPlan(Map.of(plan, 1L)),
            Period.Calendar.DAY,
            CountedBy.WORKSPACE);
    return charge(1, limit);
  }

  /** A limiter that has begun, over a store in memory of its own. */
  public static RollingWindowLimiter inMemory(LongSupplier millis) {
    var clock = new NodeClock(millis, InstantSource.system());
    var limiter = new RollingWindowLimiter(new InMemoryStores().windows(), clock, NO_EVENTS);
    limiter.begin();
    return limiter;
  }
}
