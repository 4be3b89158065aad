package dev.keyway.server.door;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.text.ParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's own Ed25519 key (RFC 8037) for the identities it signs. Made at each start and never
 * stored: what it signs lives for a minute.
 *
 * <p>The JDK signs; Nimbus' own signer would need a second crypto library for it.
 */
public final class SigningKey {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKey.class);
  private static final String ALGORITHM = "Ed25519";
  private static final int PUBLIC_KEY_BYTES = 32;

  private final PrivateKey privateKey;
  private final OctetKeyPair publicKey;

  private SigningKey(PrivateKey privateKey, OctetKeyPair publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** Makes a new key. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      // RFC 8410: the key's bytes are the last of its SubjectPublicKeyInfo.
      byte[] bytes = Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_BYTES, encoded.length);
      OctetKeyPair publicKey =
          new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(bytes))
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.EdDSA)
              .keyIDFromThumbprint()
              .build();
      return new SigningKey(pair.getPrivate(), publicKey);
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("this JDK lacks Ed25519", e);
    }
  }

  /** The public half as a JWK (RFC 7517). */
  public String jwk() {
    return publicKey.toJSONString();
  }

  /**
   * The public half and those of other nodes as a JWK Set, for {@code /.well-known/jwks.json}.
   *
   * @param others as JWKs; this key's own may be among them, and what is none is passed over
   */
  public String jwks(List<String> others) {
    var keys = new LinkedHashMap<String, JWK>();
    keys.put(id(), publicKey);
    for (String other : others) {
      try {
        JWK key = JWK.parse(other);
        if (key.getKeyID() != null) {
          keys.putIfAbsent(key.getKeyID(), key.toPublicJWK());
        }
      } catch (ParseException e) {
        // Whoever wrote that, the keys of the others are still good.
        LOG.warn("a signing key in the store is no JWK");
      }
    }
    return new JWKSet(List.copyOf(keys.values())).toString();
  }

  /** Its thumbprint (RFC 7638). */
  public String id() {
    return publicKey.getKeyID();
  }

  JWSSigner signer() {
    return new Signer(privateKey);
  }

  @Override
  public String toString() {
    return "SigningKey[" + id() + "]";
  }

  private static final class Signer implements JWSSigner {
    private final JCAContext context = new JCAContext();
    private final PrivateKey privateKey;

    Signer(PrivateKey privateKey) {
      this.privateKey = privateKey;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
      try {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(privateKey);
        signature.update(input);
        return Base64URL.encode(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new JOSEException("cannot sign with Ed25519", e);
      }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
      return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
      return context;
    }
  }
}
