package dev.keyway.core.session;

import dev.keyway.core.Base62;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * 256 random bits whose bearer is taken for a person: the value of a session's cookie, or what an
 * invitation's link ends with. Only the digest is kept.
 */
public final class BearerToken {
  private static final int LENGTH = 43;

  private final String value;

  private BearerToken(String value) {
    this.value = value;
  }

  static BearerToken random(SecureRandom random) {
    return new BearerToken(Base62.random(random, LENGTH));
  }

  /** SHA-256 of a token's text, in hexadecimal: under this it is kept and found. */
  public static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }

  /** Whether a text has the form of a token; only such a one can have been given out. */
  static boolean isToken(String text) {
    return Base62.isBase62(text, LENGTH);
  }

  String digest() {
    return digest(value);
  }

  /** The value itself, for the cookie or the link. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "BearerToken[redacted]";
  }
}
