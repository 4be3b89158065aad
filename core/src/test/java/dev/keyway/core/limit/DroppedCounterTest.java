package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A caller may remember a counter long after it was dropped: then it must cost nearly nothing. */
class DroppedCounterTest {
  private static final RateLimit LIMIT = new RateLimit("data", 10_000, Duration.ofMinutes(1));

  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final RollingWindowLimiter limiter = Limiters.inMemory(millis::get);

  @Test
  void dropIdle_windowThatACallerRemembers_holdsNoRing() {
    var caller = TestCaller.of("key_1");
    Charge charge = Limiters.charge(1, LIMIT);
    for (int i = 0; i < 5_000; i++) {
      limiter.acquire(charge, caller);
    }
    RollingWindow window = remembered(charge, caller);
    assertThat(window.capacity()).isGreaterThanOrEqualTo(5_000);
    millis.addAndGet(60_001);

    limiter.dropIdle();

    assertThat(remembered(charge, caller)).isSameAs(window);
    assertThat(window.capacity()).isZero();
    assertThat(limiter.acquire(charge, caller).remaining()).isEqualTo(9_999);
    assertThat(remembered(charge, caller)).isNotSameAs(window);
    assertThat(window.capacity()).isZero();
  }

  private static RollingWindow remembered(Charge charge, LimitedCaller caller) {
    var counters = (Counters) Objects.requireNonNull(caller.remembered(charge.limits()));
    return (RollingWindow) counters.each()[0];
  }
}
