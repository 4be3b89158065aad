package dev.keyway.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.IndependentChecksum;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.contract.SampleProducts;
import dev.keyway.core.limit.Limiters;
import dev.keyway.core.product.Carrier.Place;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import dev.keyway.core.verify.VerificationDecision.Cause;
import dev.keyway.core.verify.VerificationDecision.Denied;
import dev.keyway.core.verify.VerificationDecision.Indeterminate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
  private final Attempt attempt = new Attempt();

  @Test
  void verify_goodKey_isAllowedAndCountedOnce() {
    Allowed allowed = (Allowed) attempt.verify();

    assertThat(allowed.key().key().id()).isEqualTo(attempt.id());
    assertThat(Objects.requireNonNull(allowed.limit()).admitted()).isTrue();
    assertThat(attempt.counted).isEqualTo(1);
    assertThat(attempt.observed).containsExactly(allowed);
  }

  @Test
  void verify_withoutProductScopeAndLimit_isAllowedAndNotCounted() {
    attempt.product = null;
    attempt.scope = null;
    attempt.charge = null;

    assertThat(((Allowed) attempt.verify()).limit()).isNull();
    assertThat(attempt.counted).isZero();
  }

  @ParameterizedTest
  @EnumSource(DenialReason.class)
  void verify_oneCheckFailing_isItsReason(DenialReason reason) {
    Denied denied = denied(attempt.spoil(reason).verify());

    assertThat(denied.reason()).isEqualTo(reason);
    // Whoever has not shown the secret learns nothing of the key.
    assertThat(denied.key() != null).isEqualTo(reason.compareTo(DenialReason.NOT_FOUND) > 0);
    assertThat(denied.limit() != null).isEqualTo(reason == DenialReason.RATE_LIMITED);
    assertThat(attempt.counted).isEqualTo(reason == DenialReason.RATE_LIMITED ? 1 : 0);
    assertThat(attempt.observed).containsExactly(denied);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  @DisplayName("of two checks that fail the earlier is the answer, and nothing is counted")
  void verify_twoChecksFailing_isTheEarlier(DenialReason earlier, DenialReason later) {
    attempt.spoil(later).spoil(earlier);

    assertThat(denied(attempt.verify()).reason()).isEqualTo(earlier);
    assertThat(attempt.verifyIfCached().map(decision -> denied(decision).reason()))
        .isEqualTo(Optional.of(earlier).filter(reason -> reason != DenialReason.NOT_FOUND));
    assertThat(attempt.counted).isZero();
  }

  static Stream<Arguments> pairs() {
    var pairs = new ArrayList<Arguments>();
    for (DenialReason earlier : DenialReason.values()) {
      for (DenialReason later : DenialReason.values()) {
        if (earlier.compareTo(later) < 0) {
          pairs.add(Arguments.of(earlier, later));
        }
      }
    }
    return pairs.stream();
  }

  @Test
  @DisplayName("MEMO-8 the key of an account that may do nothing is answered as deactivated")
  void verify_accountNotActive_isDeactivated() {
    attempt.isAccountActive = false;

    assertThat(denied(attempt.verify()).reason()).isEqualTo(DenialReason.DEACTIVATED);
  }

  @Test
  void verify_unknownId_isNotFound() {
    attempt.isKnown = false;

    Denied denied = denied(attempt.verify());

    assertThat(denied.reason()).isEqualTo(DenialReason.NOT_FOUND);
    assertThat(attempt.observed).containsExactly(denied);
  }

  @Test
  @DisplayName("MECHA-6 Basic with the key's own id is allowed")
  void verify_basicWithTheKeysId_isAllowed() {
    attempt.place = Place.BASIC;
    attempt.keyId = attempt.id().toString();

    assertThat(attempt.verify()).isInstanceOf(Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key_000000000000", "memo", "KEY_"})
  @DisplayName("MECHA-6 Basic with any other id is no key that anybody was given")
  void verify_basicWithAnotherId_isNotFound(String keyId) {
    attempt.place = Place.BASIC;
    attempt.keyId = keyId;

    assertThat(denied(attempt.verify()).reason()).isEqualTo(DenialReason.NOT_FOUND);
    assertThat(denied(attempt.verify()).key()).isNull();
  }

  @Test
  void verify_basicWithoutAnId_isNotFound() {
    attempt.place = Place.BASIC;

    assertThat(denied(attempt.verify()).reason()).isEqualTo(DenialReason.NOT_FOUND);
  }

  @Test
  @DisplayName("a good secret behind another product's prefix is no key, whoever asks")
  void verify_anotherProductsPrefixWithARightChecksum_isNotFound() {
    String body = attempt.text.substring("mk_live_".length(), 63);
    attempt.text = IndependentChecksum.complete("mko_tkn_" + body);

    for (var product : List.of(SampleProducts.MEKO, SampleProducts.MEMO)) {
      attempt.product = product;
      assertThat(denied(attempt.verify()).reason()).isEqualTo(DenialReason.NOT_FOUND);
    }
    attempt.product = null;
    assertThat(denied(attempt.verify()).reason()).isEqualTo(DenialReason.NOT_FOUND);
  }

  @Test
  @DisplayName("ALL-5 a store that does not answer is no wrong key")
  void verify_storeUnavailable_isIndeterminate() {
    attempt.isKnown = false;
    attempt.isStoreUp = false;

    VerificationDecision decision = attempt.verify();

    assertThat(decision).isEqualTo(new Indeterminate(Cause.STORE_UNAVAILABLE));
    assertThat(attempt.observed).containsExactly(decision);
    assertThat(attempt.counted).isZero();
  }

  @Test
  void verify_storeUnavailableAndMalformed_isMalformed() {
    attempt.isStoreUp = false;

    assertThat(denied(attempt.spoil(DenialReason.MALFORMED).verify()).reason())
        .isEqualTo(DenialReason.MALFORMED);
  }

  @Test
  @DisplayName("ALL-5 a digest under a pepper that is not held is no wrong key")
  void verify_pepperMissing_isIndeterminate() {
    attempt.madeUnder = new Peppers(Map.of(4, new byte[32]));

    VerificationDecision decision = attempt.verify();

    assertThat(decision).isEqualTo(new Indeterminate(Cause.PEPPER_MISSING));
    assertThat(attempt.observed).containsExactly(decision);
    assertThat(attempt.counted).isZero();
  }

  @Test
  void verify_pepperMissingForARevokedKey_isRefused() {
    attempt.madeUnder = new Peppers(Map.of(3, new byte[32]));
    attempt.spoil(DenialReason.REVOKED);

    assertThat(attempt.verify()).isEqualTo(new Denied(DenialReason.NOT_FOUND, null, null));
  }

  @Test
  void verifyIfCached_miss_isEmptyAndObservedByNobody() {
    attempt.isKnown = false;

    assertThat(attempt.verifyIfCached()).isEmpty();
    assertThat(attempt.observed).isEmpty();
    assertThat(attempt.counted).isZero();
  }

  @Test
  @DisplayName("a wrong secret is told from an unknown id by no clock: each reads the store once")
  void verify_wrongSecretOrUnknownId_readsTheStoreOnce() {
    attempt.spoil(DenialReason.NOT_FOUND);
    assertThat(attempt.verifyIfCached()).isEmpty();
    attempt.verify();
    assertThat(attempt.reads).isEqualTo(1);

    attempt.isKnown = false;
    assertThat(attempt.verifyIfCached()).isEmpty();
    attempt.verify();
    assertThat(attempt.reads).isEqualTo(2);
    assertThat(attempt.observed).hasSize(2);
  }

  @Test
  void verify_goodSecretBehindAnotherName_readsTheStoreOnce() {
    attempt.place = Place.BASIC;
    attempt.keyId = "key_000000000000";

    assertThat(attempt.verifyIfCached()).isEmpty();
    attempt.verify();

    assertThat(attempt.reads).isEqualTo(1);
  }

  @Test
  @DisplayName("a right secret is answered from memory, whatever the answer and the store's state")
  void verify_rightSecretInMemory_readsNothing() {
    attempt.isStoreUp = false;

    assertThat(attempt.verify()).isInstanceOf(Allowed.class);
    assertThat(denied(attempt.spoil(DenialReason.REVOKED).verify()).reason())
        .isEqualTo(DenialReason.REVOKED);
    assertThat(attempt.reads).isZero();
  }

  @Test
  @DisplayName("a limit that memory does not know is waited for, with the key from memory")
  void verify_limitNotReady_countsOnceAndReadsNoKey() {
    attempt.isLimitReady = false;

    assertThat(attempt.verifyIfCached()).isEmpty();
    assertThat(attempt.counted).isZero();
    assertThat(attempt.observed).isEmpty();

    VerificationDecision decision = attempt.verify();
    assertThat(decision).isInstanceOf(Allowed.class);
    assertThat(attempt.counted).isEqualTo(1);
    assertThat(attempt.reads).isZero();
    assertThat(attempt.observed).containsExactly(decision);
  }

  @Test
  @DisplayName("ALL-4 ALL-5 a limit that nobody can tell admits nobody, and is no wrong key")
  void verify_limitNotReadyAndStoreDown_isIndeterminate() {
    attempt.isLimitReady = false;
    attempt.isStoreUp = false;

    assertThat(attempt.verifyIfCached()).isEmpty();
    VerificationDecision decision = attempt.verify();
    assertThat(decision).isEqualTo(new Indeterminate(Cause.STORE_UNAVAILABLE));
    assertThat(attempt.counted).isZero();
    assertThat(attempt.observed).containsExactly(decision);
  }

  @Test
  void verify_limitNotReadyAndRefusedBefore_isRefusedFromMemory() {
    attempt.isLimitReady = false;
    attempt.isStoreUp = false;

    assertThat(denied(attempt.spoil(DenialReason.REVOKED).verifyIfCached().orElseThrow()).reason())
        .isEqualTo(DenialReason.REVOKED);
  }

  @Test
  void verifyIfCached_hit_answersAsVerifyDoes() {
    assertThat(attempt.verifyIfCached().orElseThrow()).isInstanceOf(Allowed.class);
    assertThat(attempt.observed).hasSize(1);
    assertThat(attempt.counted).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = DenialReason.class,
      names = {"KEY_IN_QUERY", "SEVERAL_CREDENTIALS", "MISSING", "PLACE_NOT_ACCEPTED", "MALFORMED"})
  void verifyIfCached_checksThatNeedNoKey_areAnsweredOnAMiss(DenialReason reason) {
    attempt.isKnown = false;

    assertThat(denied(attempt.spoil(reason).verifyIfCached().orElseThrow()).reason())
        .isEqualTo(reason);
  }

  @Test
  @DisplayName(
      "ALL-3 without the lease nothing is read; a request waits for it and is decided then")
  void verify_leaseLapsedAndBack_isDecidedOnce() {
    attempt.leaseLapsedFor = 2;

    // Asked before memory, and again before the store; then it is waited for, and is back.
    assertThat(attempt.verify()).isInstanceOf(Allowed.class);
    assertThat(attempt.leaseAsked).isEqualTo(3);
    assertThat(attempt.counted).isEqualTo(1);
    assertThat(attempt.observed).hasSize(1);
  }

  @Test
  void verifyIfCached_leaseLapsed_isEmptyAndReadsNothing() {
    attempt.leaseLapsedFor = 1;

    assertThat(attempt.verifyIfCached()).isEmpty();
    assertThat(attempt.memoryReads).isZero();
    assertThat(attempt.counted).isZero();
    assertThat(attempt.observed).isEmpty();
  }

  @Test
  @DisplayName("ALL-5 a node whose lease stays lapsed cannot say, and counts nothing")
  void verify_leaseStaysLapsed_isIndeterminate() {
    attempt.leaseLapsedFor = Integer.MAX_VALUE;

    VerificationDecision decision = attempt.verify();

    assertThat(decision).isEqualTo(new Indeterminate(Cause.LEASE_LAPSED));
    assertThat(attempt.observed).containsExactly(decision);
    assertThat(attempt.memoryReads).isZero();
    assertThat(attempt.reads).isZero();
    assertThat(attempt.counted).isZero();
  }

  @Test
  void verify_leaseLapsedAndNoSuchKeyOrNoneAtAll_isRefused() {
    attempt.leaseLapsedFor = 2;
    attempt.spoil(DenialReason.NOT_FOUND);
    assertThat(denied(attempt.verify()).reason()).isEqualTo(DenialReason.NOT_FOUND);

    attempt.leaseLapsedFor = Integer.MAX_VALUE;
    assertThat(denied(attempt.spoil(DenialReason.MISSING).verify()).reason())
        .isEqualTo(DenialReason.MISSING);
  }

  @Test
  @DisplayName("ALL-5 a store that lacks a key while the lease lapses may lag: nobody can say")
  void verify_noSuchKeyAndLeaseLostMeanwhile_isIndeterminate() {
    attempt.isInMemory = false;
    attempt.isKnown = false;
    attempt.isLeaseLostInRead = true;

    VerificationDecision decision = attempt.verify();

    assertThat(attempt.reads).isEqualTo(1);
    assertThat(decision).isEqualTo(new Indeterminate(Cause.LEASE_LAPSED));
    assertThat(attempt.observed).containsExactly(decision);
  }

  @Test
  void verify_noLimitAppliesToThePlan_isAllowedAndNotCounted() {
    attempt.charge = Limiters.chargeOnPlan("expert");

    assertThat(((Allowed) attempt.verify()).limit()).isNull();
  }

  private static Denied denied(VerificationDecision decision) {
    assertThat(decision).isInstanceOf(Denied.class);
    return (Denied) decision;
  }
}
