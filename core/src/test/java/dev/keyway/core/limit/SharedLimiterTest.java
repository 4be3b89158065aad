package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharedLimiterTest {
  private static final RateLimit OF_KEY = new RateLimit("key", 10, Duration.ofMinutes(1));
  private static final RateLimit OF_MEMBER =
      new RateLimit(
          "member",
          new Allowance.Same(3),
          new Period.Rolling(Duration.ofMinutes(1)),
          CountedBy.MEMBER);

  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final UnitLedger ledger = new UnitLedger();
  private boolean isGone;
  private final SharedLimiter limiter = node("one");
  private final SharedLimiter other = node("two");
  private final TestCaller caller = TestCaller.of("key_1");
  private final TestCaller atOther = TestCaller.of("key_1");

  @Test
  @DisplayName("ALL-4 two nodes together admit q in a window, and the next one after it")
  void twoNodes_admitTheLimitTogether() {
    Charge charge = charge(OF_KEY);
    int admitted = 0;
    for (int i = 0; i < 20; i++) {
      admitted += admitted(limiter, charge, caller) + admitted(other, charge, atOther);
    }
    assertThat(admitted).isEqualTo(10);

    millis.addAndGet(67_000);
    assertThat(admitted(other, charge, atOther)).isOne();
  }

  @Test
  @DisplayName("a request that one limit refuses is counted by none")
  void refusedRequest_usesUpNoOtherLimit() {
    Charge both = charge(OF_KEY, OF_MEMBER);
    int admitted = 0;
    for (int i = 0; i < 30; i++) {
      admitted += admitted(limiter, both, caller);
    }
    assertThat(admitted).isEqualTo(3);
    millis.addAndGet(7_000);
    limiter.writeDue();

    Charge alone = charge(OF_KEY);
    for (int i = 0; i < 20; i++) {
      admitted += admitted(limiter, alone, caller);
    }
    assertThat(admitted).isEqualTo(10);
  }

  @Test
  void refusal_saysTheLimitAndTheWait() {
    Charge charge = charge(OF_KEY);
    for (int i = 0; i < 10; i++) {
      assertThat(admitted(limiter, charge, caller)).isOne();
    }
    LimitState state = Objects.requireNonNull(ask(limiter, charge, caller));

    assertThat(state.admitted()).isFalse();
    assertThat(state.remaining()).isZero();
    assertThat(state.retryAfterSeconds()).isBetween(59L, 68L);
  }

  @Test
  @DisplayName("what the store does not answer is neither admitted nor refused")
  void silentStore_isUnavailable() {
    Charge charge = charge(OF_KEY);
    isGone = true;
    assertThat(ask(limiter, charge, caller)).isNull();
    assertThatThrownBy(() -> limiter.acquire(charge, caller))
        .isInstanceOf(UnavailableException.class);
    isGone = false;
    millis.addAndGet(300);
    assertThat(admitted(limiter, charge, caller)).isOne();
  }

  private static int admitted(SharedLimiter node, Charge charge, TestCaller by) {
    LimitState state = ask(node, charge, by);
    return state != null && state.admitted() ? 1 : 0;
  }

  private static @Nullable LimitState ask(SharedLimiter node, Charge charge, TestCaller by) {
    for (int i = 0; i < 3; i++) {
      LimitState state = node.acquireIfReady(charge, by);
      if (state != null) {
        return state;
      }
      try {
        node.writeDue();
      } catch (UnavailableException e) {
        return null;
      }
    }
    return null;
  }

  private static Charge charge(RateLimit... limits) {
    var all = Limits.of(List.of(limits));
    return Objects.requireNonNull(
        all.charge(List.of(limits).stream().map(RateLimit::name).toList(), 1));
  }

  private SharedLimiter node(String name) {
    var store =
        new UnitStore() {
          @Override
          public List<Grant> claim(List<Claim> claims) {
            if (isGone) {
              throw new UnavailableException("gone", null);
            }
            return claims.stream()
                .map(some ->
                    ledger.claim(
                        some, (Period.Rolling) some.period(), millis.get(), some.allowed()))
                .toList();
          }

          @Override
          public void close() {}
        };
    var node = new SharedLimiter(store, () -> millis.get() * 1_000_000, () -> {}, () -> {}, name);
    node.begin();
    return node;
  }
}
