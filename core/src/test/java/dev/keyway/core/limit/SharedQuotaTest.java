package dev.keyway.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.UnavailableException;
import dev.keyway.core.limit.UnitStore.Claim;
import dev.keyway.core.limit.UnitStore.Grant;
import dev.keyway.core.limit.UnitStore.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Quotas of several nodes: how much is asked for, given back and waited for. */
class SharedQuotaTest {
  private static final long MONTH_MILLIS = Duration.ofDays(30).toMillis();
  private static final RateLimit OF_MONTH =
      new RateLimit("month", new Allowance.Same(1_000_000), Period.Calendar.MONTH, CountedBy.KEY);
  private static final RateLimit OF_MINUTE = new RateLimit("key", 10, Duration.ofMinutes(1));

  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final List<Claim> claims = new ArrayList<>();
  private final TestCaller caller = TestCaller.of("key_1");
  private boolean isGone;
  private boolean isDue;

  @Test
  @DisplayName("a busy quota is asked for in batches, and a crash loses no more than 100 of it")
  void busyQuota_isAskedForInBatches() {
    SharedLimiter limiter = limiter(new Quotas());
    Charge charge = charge(OF_MONTH);
    for (int i = 0; i < 5_000; i++) {
      millis.addAndGet(1);
      LimitState state = limiter.acquireIfReady(charge, caller);
      if (state == null || isDue) {
        isDue = false;
        limiter.writeDue();
      }
      assertThat(limiter.inHand()).isLessThanOrEqualTo(RateLimit.MAX_QUOTA_RESERVE);
    }

    assertThat(claims).hasSizeLessThan(5_000 / 40);
    assertThat(claims).allMatch(claim -> claim.dropped() == 0);
  }

  @Test
  @DisplayName("a quiet quota holds what ten seconds need, and gives it back when nobody does")
  void quietQuota_holdsLittle_andGivesItBack() {
    SharedLimiter limiter = limiter(new Quotas());
    Charge charge = charge(OF_MONTH);
    for (int i = 0; i < 20; i++) {
      millis.addAndGet(11_000);
      if (limiter.acquireIfReady(charge, caller) == null) {
        limiter.writeDue();
        assertThat(limiter.acquireIfReady(charge, caller)).isNotNull();
      }
      assertThat(limiter.inHand()).isLessThanOrEqualTo(2);
    }
    while (limiter.inHand() == 0) {
      limiter.acquireIfReady(charge, caller);
      limiter.writeDue();
    }
    long held = limiter.inHand();
    millis.addAndGet(Duration.ofMinutes(11).toMillis());
    limiter.writeDue();

    assertThat(limiter.inHand()).isZero();
    assertThat(claims.getLast().dropped()).isEqualTo((int) held);
    assertThat(claims.getLast().droppedMillis()).isBetween(1L, MONTH_MILLIS);
  }

  @Test
  @DisplayName("what a call gave back that failed is not given back again: it may have been done")
  void failedGiveBack_isNotRepeated() {
    SharedLimiter limiter = limiter(new Quotas());
    Charge charge = charge(OF_MONTH);
    while (limiter.inHand() == 0) {
      limiter.acquireIfReady(charge, caller);
      limiter.writeDue();
    }
    millis.addAndGet(Duration.ofMinutes(11).toMillis());
    isGone = true;
    try {
      limiter.writeDue();
    } catch (UnavailableException e) {
      isGone = false;
    }
    assertThat(isGone).isFalse();
    millis.addAndGet(2_000);
    limiter.acquireIfReady(charge, caller);
    limiter.writeDue();

    assertThat(claims.getLast().dropped()).isZero();
    assertThat(claims.stream().mapToInt(Claim::dropped).sum()).isPositive();
    assertThat(limiter.failures()).isOne();
  }

  @Test
  @DisplayName("a store of quotas that is slow does not hold up windows")
  void slowQuotas_doNotHoldUpWindows() throws Exception {
    var asked = new CountDownLatch(1);
    var mayAnswer = new CountDownLatch(1);
    var slow =
        new Quotas() {
          @Override
          public List<Grant> claim(List<Claim> sent) {
            asked.countDown();
            awaitQuietly(mayAnswer);
            return super.claim(sent);
          }
        };
    var windows = new UnitLedger();
    var quick =
        new Quotas() {
          @Override
          public List<Grant> claim(List<Claim> sent) {
            return sent.stream()
                .map(some ->
                    windows.claim(
                        some, (Period.Rolling) some.period(), millis.get(), some.allowed()))
                .toList();
          }
        };
    var limiter =
        new SharedLimiter(quick, slow, () -> millis.get() * 1_000_000, () -> {}, () -> {}, "node");
    limiter.begin();
    limiter.acquireIfReady(charge(OF_MONTH), caller);
    var quotas = Thread.ofPlatform().start(limiter.duties().getLast());
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

    Charge ofMinute = charge(OF_MINUTE);
    assertThat(limiter.acquireIfReady(ofMinute, caller)).isNull();
    limiter.duties().getFirst().run();
    assertThat(limiter.acquireIfReady(ofMinute, caller)).isNotNull();
    assertThat(limiter.acquireIfReady(charge(OF_MONTH), caller)).isNull();

    mayAnswer.countDown();
    quotas.join();
    assertThat(limiter.acquireIfReady(charge(OF_MONTH), caller)).isNotNull();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SharedLimiter limiter(UnitStore store) {
    var limiter =
        new SharedLimiter(
            store, () -> millis.get() * 1_000_000, () -> isDue = true, () -> {}, "node");
    limiter.begin();
    return limiter;
  }

  private static Charge charge(RateLimit limit) {
    return Objects.requireNonNull(Limits.of(List.of(limit)).charge(List.of(limit.name()), 1));
  }

  /** Grants whatever is wanted, for a month. */
  private class Quotas implements UnitStore {
    @Override
    public List<Grant> claim(List<Claim> sent) {
      claims.addAll(sent);
      if (isGone) {
        throw new UnavailableException("gone", null);
      }
      return sent.stream().map(Quotas::grant).toList();
    }

    private static Grant grant(Claim claim) {
      int units = Math.max(claim.least(), claim.wanted() - claim.inHand());
      return new Grant(
          Outcome.GRANTED, Math.max(0, units), false, claim.allowed(), MONTH_MILLIS, MONTH_MILLIS);
    }

    @Override
    public void close() {}
  }
}
