package dev.keyway.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.apikey.Scope;
import dev.keyway.core.apikey.ScopeKind;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.WorkspaceId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifiableKeyTest {
  private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final KeyDigest DIGEST = new KeyDigest(3, new byte[32]);

  @Test
  void key_ofOneWithAllThereCanBe_isThatKey() {
    var full =
        new ApiKey(
            new ApiKeyId("0aZ9zA0bY8xB"),
            "lake",
            "Größe \uD83D\uDD11",
            "for\nthe nightly run",
            new Scope(ScopeKind.RESOURCE, "res_1"),
            new AccountId("acc_1"),
            new WorkspaceId("ws_1"),
            new ApiKeyId("zzzzzzzzzzzz"),
            DIGEST,
            "aB3d",
            CREATED,
            CREATED.plusSeconds(60),
            CREATED.plusSeconds(20),
            CREATED.plusSeconds(10),
            Long.MAX_VALUE);

    var verifiable = new VerifiableKey(full, true, "pro", 7);

    assertThat(verifiable.key()).isEqualTo(full);
    assertThat(verifiable.version()).isEqualTo(Long.MAX_VALUE);
    assertThat(verifiable.workspace()).isEqualTo("ws_1");
    assertThat(verifiable.resource()).isEqualTo("res_1");
  }

  @Test
  void key_ofOneWithNothingThatMayBeMissing_isThatKey() {
    var bare =
        new ApiKey(
            new ApiKeyId("000000000000"),
            "memo",
            null,
            null,
            new Scope(ScopeKind.ACCOUNT, "acc_1"),
            new AccountId("acc_1"),
            null,
            null,
            DIGEST,
            "0000",
            CREATED,
            null,
            null,
            null,
            1);

    var verifiable = new VerifiableKey(bare, true, null, 7);

    assertThat(verifiable.key()).isEqualTo(bare);
    assertThat(verifiable.version()).isEqualTo(1);
    assertThat(verifiable.workspace()).isNull();
    assertThat(verifiable.resource()).isNull();
  }
}
