package dev.keyway.server.mcp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Binds the session ids of MCP upstreams to the keys they were given under: a client sees {@code
 * <upstream's>.<tag>}, the tag being HMAC-SHA-256 over the upstream's id and the key's id.
 *
 * <p>A session id found in a log or guessed is worth nothing with another key.
 */
public final class McpSessionIds {
  /** The header that carries a session id (MCP 2025-11-25, Streamable HTTP). */
  public static final String HEADER = "Mcp-Session-Id";

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac prototype;

  /**
   * The binding of one installation.
   *
   * @param secret 32 random bytes that all nodes share
   */
  public McpSessionIds(byte[] secret) {
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
    }
  }

  /** The id that a client is given for an upstream's session. */
  public String bind(String upstreamId, String keyId) {
    return upstreamId + '.' + tag(upstreamId, keyId);
  }

  /** The upstream's id behind a client's; null when it was not given to this key. */
  public @Nullable String unbind(String clientId, String keyId) {
    int dot = clientId.lastIndexOf('.');
    if (dot < 0) {
      return null;
    }
    String upstreamId = clientId.substring(0, dot);
    byte[] expected = tag(upstreamId, keyId).getBytes(StandardCharsets.UTF_8);
    byte[] presented = clientId.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, presented) ? upstreamId : null;
  }

  private String tag(String upstreamId, String keyId) {
    try {
      var mac = (Mac) prototype.clone();
      mac.update(upstreamId.getBytes(StandardCharsets.UTF_8));
      // Key ids have one length, so no two pairs run together to the same bytes.
      byte[] code = mac.doFinal(keyId.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own MACs can be cloned", e);
    }
  }
}
