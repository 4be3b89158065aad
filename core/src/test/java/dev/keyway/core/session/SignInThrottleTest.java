package dev.keyway.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.RefusedException.RateLimited;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.contract.Together;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInThrottleTest {
  private static final String ADA = "ada@example.com";
  private static final String HOME = "192.0.2.7";
  private static final List<Boolean> WRONG = List.of();
  private static final List<Boolean> RIGHT = List.of(true);

  private final AtomicLong millis = new AtomicLong(-5_000);
  private final SignInThrottle throttle = new SignInThrottle(new SecureRandom(), millis::get);

  @Test
  void wrongPasswords_ofOneEmailFromOneAddress_areTenAtOnceThenOneInTwoMinutes() {
    assertThat(wrongUntilRefused(ADA, HOME)).isEqualTo(10);
    assertThat(waitFor(ADA, HOME)).isEqualTo(Duration.ofMinutes(2));

    pass(Duration.ofMinutes(2).minusMillis(1));
    assertThat(waitFor(ADA, HOME)).isEqualTo(Duration.ofMillis(1));
    pass(Duration.ofMillis(1));
    assertThat(wrongUntilRefused(ADA, HOME)).isEqualTo(1);

    pass(Duration.ofMinutes(20));
    assertThat(wrongUntilRefused(ADA, HOME)).isEqualTo(10);
  }

  @Test
  void refusedAttempt_isNotComparedAndDoesNotCount() {
    wrongUntilRefused(ADA, HOME);
    var comparisons = new AtomicInteger();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() ->
              throttle.guard(
                  ADA,
                  HOME,
                  () -> {
                    comparisons.incrementAndGet();
                    return RIGHT;
                  }))
          .isInstanceOf(RateLimited.class);
    }
    assertThat(comparisons).hasValue(0);
    assertThat(waitFor(ADA, HOME)).isEqualTo(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADA@example.com", "ada@EXAMPLE.com", "Ada@Example.Com"})
  void spellingsOfAnEmail_countAsOne(String spelling) {
    wrongUntilRefused(ADA, HOME);
    assertThat(wrongUntilRefused(spelling, HOME)).isZero();
  }

  @Test
  void spellingsOfAnAddress_countAsOne() {
    wrongUntilRefused(ADA, "2001:db8:0:42::1");
    assertThat(wrongUntilRefused(ADA, "2001:DB8:0:42:1:2:3:4")).isZero();
    assertThat(wrongUntilRefused(ADA, "2001:db8:0:43::1")).isEqualTo(10);
    wrongUntilRefused("bob@example.com", HOME);
    assertThat(wrongUntilRefused("bob@example.com", "::ffff:192.0.2.7")).isZero();
  }

  @Test
  void wrongPasswords_ofOneEmailFromEverywhere_areFiftyAtOnceThenOneAMinute() {
    int wrong = 0;
    for (int i = 0; i < 20; i++) {
      wrong += wrongUntilRefused(ADA, "198.51.100." + i);
    }
    assertThat(wrong).isEqualTo(50);
    assertThat(waitFor(ADA, "198.51.100.200")).isEqualTo(Duration.ofMinutes(1));
    assertThat(wrongUntilRefused("bob@example.com", "198.51.100.200")).isEqualTo(10);
  }

  @Test
  void person_whoHasSignedInFromAnAddress_isNotLockedOutThereFromElsewhere() {
    throttle.guard(ADA, HOME, () -> RIGHT);
    for (int i = 0; i < 20; i++) {
      wrongUntilRefused(ADA, "198.51.100." + i);
    }
    assertThatThrownBy(() -> throttle.guard(ADA, "198.51.100.200", () -> RIGHT))
        .isInstanceOf(RateLimited.class);

    assertThat(throttle.guard(ADA, HOME, () -> RIGHT)).isEqualTo(RIGHT);
    // What is tried there is bounded as everywhere.
    assertThat(wrongUntilRefused(ADA, HOME)).isEqualTo(10);
  }

  @Test
  void wrongPasswords_ofManyEmailsFromOneAddress_areAHundredAtOnceThenOneInTenSeconds() {
    int wrong = 0;
    for (int i = 0; i < 30; i++) {
      wrong += wrongUntilRefused("person" + i + "@example.com", HOME);
    }
    assertThat(wrong).isEqualTo(100);
    assertThat(waitFor("another@example.com", HOME)).isEqualTo(Duration.ofSeconds(10));
    assertThat(wrongUntilRefused("another@example.com", "192.0.2.8")).isEqualTo(10);
  }

  @Test
  void invitations_countByAddressTogetherWithPasswords() {
    for (int i = 0; i < 100; i++) {
      assertThat(throttle.guard(HOME, () -> WRONG)).isEmpty();
    }
    assertThatThrownBy(() -> throttle.guard(HOME, () -> WRONG)).isInstanceOf(RateLimited.class);
    assertThat(wrongUntilRefused(ADA, HOME)).isZero();
  }

  @Test
  void rightPassword_clearsItsOwnCountAndNoOthers() {
    for (int i = 0; i < 9; i++) {
      throttle.guard(ADA, HOME, () -> WRONG);
    }
    throttle.guard(ADA, HOME, () -> RIGHT);
    assertThat(wrongUntilRefused(ADA, HOME)).isEqualTo(10);
    // Nineteen wrong ones of the address's hundred, and none for the right one.
    int left = 0;
    for (int i = 0; i < 30; i++) {
      left += wrongUntilRefused("person" + i + "@example.com", HOME);
    }
    assertThat(left).isEqualTo(81);
  }

  @Test
  void rightPasswords_ofOneEmail_areThirtyAtOnceThenOneInTenSeconds() {
    for (int i = 0; i < 30; i++) {
      assertThat(throttle.guard(ADA, "198.51.100." + i, () -> RIGHT)).isEqualTo(RIGHT);
    }
    assertThat(waitFor(ADA, HOME)).isEqualTo(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(10));
    assertThat(throttle.guard(ADA, HOME, () -> RIGHT)).isEqualTo(RIGHT);
    assertThat(waitFor(ADA, HOME)).isEqualTo(Duration.ofSeconds(10));
    assertThat(throttle.guard("bob@example.com", HOME, () -> RIGHT)).isEqualTo(RIGHT);
  }

  @Test
  void rightPasswords_ofManyEmailsFromOneAddress_areTwoHundredAtOnceThenOneASecond() {
    for (int i = 0; i < 200; i++) {
      assertThat(throttle.guard("person" + i + "@example.com", HOME, () -> RIGHT)).isNotEmpty();
    }
    assertThat(waitFor(ADA, HOME)).isEqualTo(Duration.ofSeconds(1));
    assertThat(throttle.guard(ADA, "192.0.2.8", () -> RIGHT)).isEqualTo(RIGHT);
  }

  @Test
  void wrongPasswords_doNotUseUpARightOnesTurn() {
    for (int i = 0; i < 5; i++) {
      wrongUntilRefused(ADA, "198.51.100." + i);
    }
    pass(Duration.ofMinutes(1));
    assertThat(throttle.guard(ADA, HOME, () -> RIGHT)).isEqualTo(RIGHT);
  }

  @Test
  void attempts_manyAtOnceFromOneAddress_leaveTheQueueToOthers() {
    var underWay = new CyclicBarrier(HashingPlaces.PER_ADDRESS);
    assertThatThrownBy(() -> nested(HashingPlaces.PER_ADDRESS + 1)).isInstanceOf(RateLimited.class);
    // Those places are free again.
    List<Boolean> admitted =
        Together.run(
            HashingPlaces.PER_ADDRESS,
            _ -> {
              throttle.guard(
                  ADA,
                  HOME,
                  () -> {
                    await(underWay);
                    return RIGHT;
                  });
              return true;
            });
    assertThat(admitted).hasSize(HashingPlaces.PER_ADDRESS);
  }

  /** So many attempts from one address, each begun while the one before is under way. */
  private List<Boolean> nested(int attempts) {
    return attempts == 0
        ? RIGHT
        : throttle.guard("person" + attempts + "@example.com", HOME, () -> nested(attempts - 1));
  }

  @Test
  void attempt_thatCannotBeDecided_doesNotCount() {
    for (int i = 0; i < 1_000; i++) {
      assertThatThrownBy(() ->
              throttle.guard(
                  ADA,
                  HOME,
                  () -> {
                    throw new UnavailableException("the store is down", null);
                  }))
          .isInstanceOf(UnavailableException.class);
    }
    assertThat(throttle.size()).isZero();
    assertThat(wrongUntilRefused(ADA, HOME)).isEqualTo(10);
  }

  @Test
  void attempts_manyAtOnce_countFromTheirBeginning() {
    var compared = new AtomicInteger();
    var twoInside = new CyclicBarrier(2);
    for (int i = 0; i < 8; i++) {
      throttle.guard(ADA, HOME, () -> WRONG);
    }

    List<Boolean> admitted =
        Together.run(
            40,
            _ -> {
              try {
                throttle.guard(
                    ADA,
                    HOME,
                    () -> {
                      compared.incrementAndGet();
                      await(twoInside);
                      return WRONG;
                    });
                return true;
              } catch (RateLimited e) {
                return false;
              }
            });

    assertThat(compared).hasValue(2);
    assertThat(admitted).filteredOn(Boolean::booleanValue).hasSize(2);
  }

  @Test
  void counts_ofEverNewEmailsAndAddresses_areBounded() {
    for (int i = 0; i < 60_000; i++) {
      String address = "2001:db8:" + Integer.toHexString(i) + "::1";
      throttle.guard("person" + i + "@example.com", address, () -> WRONG);
    }
    assertThat(throttle.size()).isBetween(99_000, 100_000);
  }

  /** How many wrong ones pass before one is refused. */
  private int wrongUntilRefused(String email, String address) {
    for (int passed = 0; ; passed++) {
      try {
        throttle.guard(email, address, () -> WRONG);
      } catch (RateLimited e) {
        return passed;
      }
    }
  }

  private Duration waitFor(String email, String address) {
    try {
      throttle.guard(email, address, () -> RIGHT);
    } catch (RateLimited e) {
      return e.retryAfter();
    }
    throw new AssertionError("not refused");
  }

  private void pass(Duration time) {
    millis.addAndGet(time.toMillis());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
