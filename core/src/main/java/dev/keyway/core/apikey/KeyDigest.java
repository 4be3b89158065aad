package dev.keyway.core.apikey;

import java.security.MessageDigest;

/**
 * What is stored of a key's secret: SHA-256 of it, or HMAC-SHA-256 under a pepper (MEMO-2).
 *
 * <p>A slow hash would gain nothing on 256 random bits and would be a lever for denial of service.
 */
public final class KeyDigest {
  /** The pepper version of a digest made without a pepper. */
  public static final int NO_PEPPER = 0;

  private final int pepperVersion;
  private final byte[] bytes;

  public KeyDigest(int pepperVersion, byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a key digest has 32 bytes");
    }
    this.pepperVersion = pepperVersion;
    this.bytes = bytes.clone();
  }

  /** Which pepper it was made under; {@link #NO_PEPPER} for none. */
  public int pepperVersion() {
    return pepperVersion;
  }

  /** The 32 bytes, for a store to keep. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  boolean matches(byte[] other) {
    return MessageDigest.isEqual(bytes, other);
  }

  @Override
  public String toString() {
    return "KeyDigest[pepper " + pepperVersion + "]";
  }
}
