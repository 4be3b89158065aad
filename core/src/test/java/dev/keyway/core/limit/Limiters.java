package dev.keyway.core.limit;

import dev.keyway.core.memory.InMemoryStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

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

  /** A limiter that has begun, over a store in memory of its own. */
  public static RollingWindowLimiter inMemory(LongSupplier millis) {
    var clock = new NodeClock(millis, InstantSource.system());
    var limiter = new RollingWindowLimiter(new InMemoryStores().windows(), clock, NO_EVENTS);
    limiter.begin();
    return limiter;
  }
}
