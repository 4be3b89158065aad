package dev.keyway.core.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.DigestStore.Renewal;
import dev.keyway.core.apikey.Peppers;
import dev.keyway.core.verify.VerificationDecision.Allowed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whichever way a right secret is found right, its digest comes under the newest pepper. */
class VerifierRenewalTest {
  private static final byte[] OLD = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] NEW = "fedcba9876543210fedcba9876543210".getBytes(US_ASCII);

  private final Attempt attempt = new Attempt();

  @BeforeEach
  void rotate() {
    attempt.madeUnder = new Peppers(Map.of(1, OLD));
    attempt.held = new Peppers(Map.of(1, OLD, 2, NEW));
  }

  @Test
  void verifyIfCached_keyInMemory_isRenewed() {
    assertThat(attempt.verifyIfCached()).containsInstanceOf(Allowed.class);

    assertRenewed();
  }

  @Test
  void verify_keyInTheStoreOnly_isRenewed() {
    attempt.isInMemory = false;

    assertThat(attempt.verify()).isInstanceOf(Allowed.class);

    assertRenewed();
  }

  @Test
  void verify_limitHasToBeRead_isRenewedOnce() {
    attempt.isLimitReady = false;

    assertThat(attempt.verify()).isInstanceOf(Allowed.class);

    assertRenewed();
  }

  @ParameterizedTest
  @EnumSource(
      value = DenialReason.class,
      names = {"EXPIRED", "WRONG_PRODUCT", "PLAN_REQUIRED", "OUT_OF_SCOPE", "RATE_LIMITED"})
  void verify_refusedForAnotherReasonThanTheSecret_isRenewed(DenialReason reason) {
    attempt.spoil(reason).verify();

    assertRenewed();
  }

  @ParameterizedTest
  @EnumSource(
      value = DenialReason.class,
      names = {"EXPIRED", "WRONG_PRODUCT", "PLAN_REQUIRED", "OUT_OF_SCOPE", "RATE_LIMITED"},
      mode = Mode.EXCLUDE)
  void verify_secretNotShownOrKeyEnded_isNotRenewed(DenialReason reason) {
    attempt.spoil(reason).verify();

    assertThat(attempt.renewed.written()).isEmpty();
  }

  private void assertRenewed() {
    List<Renewal> written = attempt.renewed.written().stream().flatMap(List::stream).toList();
    assertThat(written).hasSize(1);
    assertThat(written.getFirst().key().id()).isEqualTo(attempt.id().toString());
    assertThat(written.getFirst().from().pepperVersion()).isEqualTo(1);
    assertThat(written.getFirst().to().pepperVersion()).isEqualTo(2);
  }
}
