package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.ClientAddress;
import dev.keyway.core.product.Carrier;
import dev.keyway.core.product.SecretText;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.verify.Credential;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.core.verify.VerificationRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private final KeyFormat.Generated made = KeyFormat.generate("mk_live_", new SecureRandom());
  private final String text = made.secret().reveal();

  @Test
  @DisplayName("ALL-1 nothing that carries a secret prints any part of it")
  void toString_ofWhateverCarriesTheSecret_hidesIt() {
    KeyDigest digest = new KeyDigester(Peppers.none()).digest(made.key());
    ApiKey key = key(digest);
    var credential = new Credential.Single(Carrier.Place.BEARER, text, null);

    for (Object carrier :
        List.of(
            made,
            made.key(),
            made.secret(),
            credential,
            new VerificationRequest(
                null, credential, null, null, ClientAddress.of("192.0.2.7"), "client " + text),
            digest,
            key,
            new NewApiKey(key, made.secret()),
            new VerifiableKey(key, true, null, 0))) {
      String printed = carrier.toString();
      for (int at = 20; at + 8 <= 63; at++) {
        assertThat(printed).doesNotContain(text.substring(at, at + 8));
      }
      assertThat(printed).doesNotContain(HexFormat.of().formatHex(digest.toByteArray()));
    }
  }

  @Test
  void toString_ofConfiguredSecrets_hidesThem() {
    byte[] pepper = "a pepper of at least 32 bytes....".getBytes(StandardCharsets.US_ASCII);

    assertThat(new SecretText("swordfish")).hasToString("SecretText[redacted]");
    assertThat(new Peppers(Map.of(3, pepper))).hasToString("Peppers[3]");
  }

  @Test
  @DisplayName("ALL-1 a secret is no value: two of the same text are not equal")
  void equals_ofSecrets_isIdentity() {
    assertThat(new KeySecret(text)).isNotEqualTo(new KeySecret(text));
  }

  private ApiKey key(KeyDigest digest) {
    return new ApiKey(
        made.key().id(),
        "memo",
        "laptop",
        null,
        new Scope(ScopeKind.ACCOUNT, "acc_1"),
        new AccountId("acc_1"),
        null,
        null,
        digest,
        made.suffix(),
        Instant.EPOCH,
        null,
        null,
        null,
        1);
  }
}
