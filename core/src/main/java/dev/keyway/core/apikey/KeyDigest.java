package dev.keyway.core.apikey;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What is stored of a key's secret: SHA-256 of it, or HMAC-SHA-256 under a pepper (MEMO-2).
 *
 * <p>A slow hash would gain nothing on 256 random bits and would be a lever for denial of service.
 *
 * <p>Its bytes are four numbers and no array: every key in memory has one.
 */
public final class KeyDigest {
  /** The pepper version of a digest made without a pepper. */
  public static final int NO_PEPPER = 0;

  static final int LENGTH = 32;

  private static final VarHandle NUMBERS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final int pepperVersion;
  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  public KeyDigest(int pepperVersion, byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a key digest has 32 bytes");
    }
    this.pepperVersion = pepperVersion;
    this.first = (long) NUMBERS.get(bytes, 0);
    this.second = (long) NUMBERS.get(bytes, 8);
    this.third = (long) NUMBERS.get(bytes, 16);
    this.fourth = (long) NUMBERS.get(bytes, 24);
  }

  /** Which pepper it was made under; {@link #NO_PEPPER} for none. */
  public int pepperVersion() {
    return pepperVersion;
  }

  /** The 32 bytes, for a store to keep. */
  public byte[] toByteArray() {
    var bytes = new byte[LENGTH];
    NUMBERS.set(bytes, 0, first);
    NUMBERS.set(bytes, 8, second);
    NUMBERS.set(bytes, 16, third);
    NUMBERS.set(bytes, 24, fourth);
    return bytes;
  }

  /** Whether the bytes are the same; takes as long whichever of them differ. */
  boolean matches(byte[] other) {
    long difference =
        (first ^ (long) NUMBERS.get(other, 0))
            | (second ^ (long) NUMBERS.get(other, 8))
            | (third ^ (long) NUMBERS.get(other, 16))
            | (fourth ^ (long) NUMBERS.get(other, 24));
    return difference == 0;
  }

  @Override
  public String toString() {
    return "KeyDigest[pepper " + pepperVersion + "]";
  }
}
