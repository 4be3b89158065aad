package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import dev.keyway.server.door.TestKeys.Issued;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedIdentityTest {

  @Test
  void signedRoute_carriesATokenThatThePublishedKeyVerifies() throws Exception {
    try (var gateway = new TestGateway();
        var client = gateway.client()) {
      Issued key = gateway.memoKey();
      client.ask("GET /memo/signed", key.bearer(), "Keyway-Identity: forged");
      String text = String.valueOf(gateway.upstream.next().header("Keyway-Identity"));
      client.ask("GET /memo/signed", key.bearer());
      String again = String.valueOf(gateway.upstream.next().header("Keyway-Identity"));

      assertThat(again).isEqualTo(text);
      var token = SignedJWT.parse(text);
      OctetKeyPair jwk =
          JWKSet.parse(gateway.signingKey.jwks(List.of())).getKeys().getFirst().toOctetKeyPair();
      assertThat(jwk.isPrivate()).isFalse();
      assertThat(token.getHeader().getKeyID()).isEqualTo(jwk.getKeyID());
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(publicKey(jwk));
      signature.update(token.getSigningInput());
      assertThat(signature.verify(token.getSignature().decode())).isTrue();

      var claims = token.getJWTClaimsSet();
      assertThat(claims.getIssuer()).isEqualTo("https://keys.example");
      assertThat(claims.getAudience()).containsExactly("main");
      assertThat(claims.getSubject()).isEqualTo(key.id().toString());
      assertThat(claims.getStringClaim("product")).isEqualTo("memo");
      assertThat(claims.getStringClaim("account")).isEqualTo("acc_0000000000000001");
      assertThat(claims.getStringClaim("workspace")).isEqualTo("ws_0000000000000001");
      assertThat(seconds(token, "exp") - seconds(token, "iat")).isEqualTo(60);
    }
  }

  @Test
  void otherRoutes_carryNone() throws Exception {
    try (var gateway = new TestGateway();
        var client = gateway.client()) {
      client.ask("GET /memo/all", gateway.memoKey().bearer());

      assertThat(gateway.upstream.next().header("Keyway-Identity")).isNull();
    }
  }

  private static long seconds(SignedJWT token, String claim) {
    return Long.parseLong(String.valueOf(token.getPayload().toJSONObject().get(claim)));
  }

  private static PublicKey publicKey(OctetKeyPair jwk) throws Exception {
    byte[] littleEndian = jwk.getDecodedX();
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
    }
    boolean isOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    var point = new EdECPoint(isOdd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}
