package dev.keyway.conformance.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.WireMessage;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@code identity: signed}: the JWT an upstream gets, checked with the JDK alone against the
 * published keys.
 */
@DisplayName("Contract: signed identity")
final class SignedIdentityContractTest {

  private final Bench bench = Bench.shared();

  @Test
  void identity_isAJwtSignedByAPublishedKey() throws GeneralSecurityException {
    NewKey key = bench.key("echo");
    List<String> parts = List.of(identity(key).split("\\.", -1));
    assertThat(parts).hasSize(3);
    JsonNode header = decoded(parts.get(0));
    assertThat(header.at("/alg").asText()).isEqualTo("EdDSA");
    assertThat(verifies(publicKey(header.at("/kid").asText()), parts)).isTrue();
    JsonNode claims = decoded(parts.get(1));
    assertThat(claims.at("/iss").asText()).isEqualTo(bench.keyway().control().toString());
    assertThat(claims.at("/aud").toString()).contains("main");
    assertThat(claims.at("/sub").asText()).isEqualTo(key.id());
    assertThat(claims.at("/product").asText()).isEqualTo("echo");
    assertThat(claims.at("/account").asText()).isEqualTo(key.key().at("/created_by").asText());
    long lifetime = claims.at("/exp").asLong() - claims.at("/iat").asLong();
    assertThat(lifetime).isEqualTo(60);
    long left = claims.at("/exp").asLong() - Instant.now().getEpochSecond();
    assertThat(left).as("seconds left; it is reused until half its life").isBetween(28L, 61L);
  }

  @Test
  void identity_isNotSentWhereTheRouteDoesNotSaySo() {
    NewKey key = bench.key("echo");
    String path = bench.answering(Json.of());
    bench.door().getAs(key, "/echo" + path).expect(200);
    assertThat(bench.upstream().next(path).headers("Keyway-Identity")).isEmpty();
  }

  @Test
  void identity_ofTwoKeys_isNeverTheSame() {
    assertThat(identity(bench.key("echo"))).isNotEqualTo(identity(bench.key("echo")));
  }

  private String identity(NewKey key) {
    String path = Bench.unique("/signed");
    bench.upstream().on(path, (_, wire) -> wire.respond(200, "text/plain", "ok"));
    bench
        .door()
        .get("/echo" + path, "Authorization", key.bearer(), "Keyway-Identity", "forged")
        .expect(200);
    WireMessage seen = bench.upstream().next(path);
    assertThat(seen.headers("Keyway-Identity")).hasSize(1);
    return seen.header("Keyway-Identity").orElseThrow();
  }

  private PublicKey publicKey(String kid) throws GeneralSecurityException {
    JsonNode keys = bench.keyway().anonymous().get("/.well-known/jwks.json").expect(200).at("keys");
    JsonNode jwk =
        keys.valueStream()
            .filter(one -> one.at("/kid").asText().equals(kid))
            .findFirst()
            .orElseThrow();
    assertThat(jwk.at("/crv").asText()).isEqualTo("Ed25519");
    assertThat(jwk.at("/d").isMissingNode()).as("no private part").isTrue();
    byte[] x = Base64.getUrlDecoder().decode(jwk.at("/x").asText());
    boolean odd = (x[x.length - 1] & 0x80) != 0;
    x[x.length - 1] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, reversed(x)));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  private static boolean verifies(PublicKey key, List<String> parts)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update((parts.get(0) + "." + parts.get(1)).getBytes(US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts.get(2)));
  }

  private static JsonNode decoded(String part) {
    return Json.read(new String(Base64.getUrlDecoder().decode(part), UTF_8));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
