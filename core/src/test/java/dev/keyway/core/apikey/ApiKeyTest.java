package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.tenancy.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

  @ParameterizedTest
  @CsvSource({
    "true,  true,  true,  REVOKED",
    "true,  true,  false, REVOKED",
    "true,  false, true,  REVOKED",
    "true,  false, false, REVOKED",
    "false, true,  true,  DEACTIVATED",
    "false, true,  false, DEACTIVATED",
    "false, false, true,  EXPIRED",
    "false, false, false, ACTIVE"
  })
  @DisplayName("the precedence is revoked, deactivated, expired, active")
  void statusAt_followsThePrecedence(
      boolean revoked, boolean deactivated, boolean expired, KeyStatus status) {
    ApiKey key = key(expired ? NOW : null, revoked ? NOW : null, deactivated ? NOW : null);

    assertThat(key.statusAt(NOW)).isEqualTo(status);
  }

  @Test
  @DisplayName("MEMO-3 a key is valid while now is before its expiry")
  void statusAt_expiryItself_isExpired() {
    ApiKey key = key(NOW, null, null);

    assertThat(key.statusAt(NOW.minusMillis(1))).isEqualTo(KeyStatus.ACTIVE);
    assertThat(key.statusAt(NOW)).isEqualTo(KeyStatus.EXPIRED);
  }

  private static ApiKey key(
      @Nullable Instant expiresAt, @Nullable Instant revokedAt, @Nullable Instant deactivatedAt) {
    return new ApiKey(
        new ApiKeyId("a1B2c3D4e5F6"),
        "memo",
        null,
        null,
        new Scope(ScopeKind.RESOURCE, "res_1"),
        new AccountId("acc_1"),
        null,
        null,
        new KeyDigest(0, new byte[32]),
        "x9Qa",
        NOW.minusSeconds(60),
        expiresAt,
        revokedAt,
        deactivatedAt,
        1);
  }
}
