package dev.keyway.core.session;

import dev.keyway.core.Base62;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The value of a session's cookie: 256 random bits, of which only the digest is kept. */
public final class SessionToken {
  private static final int LENGTH = 43;

  private final String value;

  private SessionToken(String value) {
    this.value = value;
  }

  static SessionToken random(SecureRandom random) {
    return new SessionToken(Base62.random(random, LENGTH));
  }

  /** The digest under which a session with this cookie value is kept. */
  public static String digest(String cookieValue) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(cookieValue.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }

  /** The value itself, for the cookie. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "SessionToken[redacted]";
  }
}
