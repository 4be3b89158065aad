package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract's chapter "The key", with the checksum worked out here. */
@DisplayName("Contract: the key")
final class KeyFormContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void key_hasPrefixIdSecretAndChecksum(Products product) {
    NewKey key = product.newKey(tenants);
    assertThat(key.secret()).matches(KeyForm.pattern(product.prefix()));
    assertThat(key.secret()).endsWith(KeyForm.check(KeyForm.unchecked(key.secret())));
    assertThat(key.id()).isEqualTo("key_" + KeyForm.id(key.secret(), product.prefix()));
  }

  /**
   * The CRC-32 of "123456789" is 0xCBF43926 in every catalogue of checksums; this is that number in
   * base62.
   */
  @Test
  void checksum_ofTheCatalogueText_isTheCatalogueValue() {
    assertThat(KeyForm.check("123456789")).isEqualTo("3jZRME");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void key_thatIsNoneOrNotIssued_isRefusedWithOneText(Products product) {
    NewKey key = product.newKey(tenants);
    Set<String> texts = new HashSet<>();
    String flipped =
        KeyForm.unchecked(key.secret()) + (key.secret().endsWith("0") ? "1" : "0").repeat(6);
    for (String wrong :
        List.of(
            flipped,
            key.secret().substring(0, key.secret().length() - 1),
            key.secret() + "0",
            product.prefix(),
            "nonsense",
            KeyForm.withOtherSecret(key.secret()),
            KeyForm.neverIssued(product.prefix()))) {
      Answer refused = door.knock(product.slug(), wrong).problem(401, "invalid_key");
      assertThat(refused.header("www-authenticate").orElse("")).contains("error=\"invalid_token\"");
      texts.add(refused.text("detail"));
    }
    assertThat(texts).as("one public text for every reason").hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void key_ofAnotherProduct_isRefused(Products product) {
    Products other = product == Products.MECHA ? Products.MEKO : Products.MECHA;
    NewKey key = other.newKey(tenants);
    door.knock(product.slug(), key.secret()).problem(401, "invalid_key");
    door.knock(other.slug(), key.secret()).expect(200);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void keys_areNeverTheSame(Products product) {
    Set<String> secrets = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      secrets.add(product.newKey(tenants).secret());
    }
    assertThat(secrets).hasSize(5);
  }
}
