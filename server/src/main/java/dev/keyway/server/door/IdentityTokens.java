package dev.keyway.server.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.keyway.core.verify.VerifiableKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The signed form of "this key calls": a JWT (RFC 7519, EdDSA) that an upstream can check by
 * itself. One is signed for each key in memory and upstream, and used until half its life is over.
 */
public final class IdentityTokens {
  private static final Duration LIFE = Duration.ofSeconds(60);
  private static final int MAX_TOKENS = 20_000;

  private final SigningKey signingKey;
  private final Supplier<URI> issuer;
  private final InstantSource clock;
  private final Cache<Bearer, Token> tokens =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).expireAfterWrite(LIFE.dividedBy(2)).build();

  /**
   * The tokens of one node.
   *
   * @param issuer the control listener's public URL, under which the public key is found; asked for
   *     with each token, as it may not be known before the listener is bound
   */
  public IdentityTokens(SigningKey signingKey, Supplier<URI> issuer, InstantSource clock) {
    this.signingKey = signingKey;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** A token that is still good; null when one has to be signed. */
  public @Nullable String ifSigned(VerifiableKey key, String upstream) {
    Token token = tokens.getIfPresent(new Bearer(key, upstream));
    return token != null && token.isFresh(clock.instant()) ? token.text : null;
  }

  /** A token that is still good, signed now if need be; some hundred microseconds. */
  public String sign(VerifiableKey key, String upstream) {
    var bearer = new Bearer(key, upstream);
    Token token = tokens.get(bearer, this::make);
    if (!token.isFresh(clock.instant())) {
      token = make(bearer);
      tokens.put(bearer, token);
    }
    return token.text;
  }

  private Token make(Bearer bearer) {
    VerifiableKey key = bearer.key;
    Instant now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.get().toString())
            .audience(bearer.upstream)
            .subject(key.id().toString())
            .claim("product", key.product())
            .claim("account", key.account())
            .claim("workspace", key.workspace())
            .claim("resource", key.resource())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .build();
    var header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID(signingKey.id()).build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(signingKey.signer());
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign an identity", e);
    }
    return new Token(token.serialize(), now.plus(LIFE.dividedBy(2)));
  }

  /** A key as it stands in memory, by identity: once it is read anew, a new token is due. */
  private record Bearer(VerifiableKey key, String upstream) {}

  private record Token(String text, Instant freshUntil) {
    boolean isFresh(Instant now) {
      return now.isBefore(freshUntil);
    }
  }
}
