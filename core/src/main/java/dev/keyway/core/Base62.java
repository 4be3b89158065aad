package dev.keyway.core;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** The alphabet {@code 0-9A-Za-z} in which Keyway writes ids, secrets and checksums. */
public final class Base62 {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final byte[] ALPHABET_BYTES = ALPHABET.getBytes(StandardCharsets.ISO_8859_1);

  /** For each byte its value as a digit, or -1: one read where three comparisons would branch. */
  private static final byte[] VALUES = values();

  private Base62() {}

  private static byte[] values() {
    var values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int value = 0; value < ALPHABET.length(); value++) {
      values[ALPHABET.charAt(value)] = (byte) value;
    }
    return values;
  }

  /** Tells whether every one of {@code length} bytes from {@code from} is in the alphabet. */
  public static boolean isBase62(byte[] text, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (!isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether {@code text} consists of exactly {@code length} characters of the alphabet. */
  public static boolean isBase62(String text, int length) {
    if (text.length() != length) {
      return false;
    }
    // A loop, not a stream: this is asked for every request with a key.
    for (int i = 0; i < length; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Draws {@code length} characters, each with equal probability (about 5.95 bits apiece). */
  public static String random(SecureRandom random, int length) {
    var text = new StringBuilder(length);
    while (text.length() < length) {
      // 248 = 4 * 62: a byte below it is unbiased, one above it is thrown away.
      int draw = random.nextInt(256);
      if (draw < 248) {
        text.append(ALPHABET.charAt(draw % 62));
      }
    }
    return text.toString();
  }

  /** Writes {@code value}, taken as unsigned 32 bits, left-padded with {@code 0} to six places. */
  public static String sixDigits(long value) {
    var digits = new char[6];
    long rest = value & 0xffff_ffffL;
    for (int place = 5; place >= 0; place--) {
      digits[place] = ALPHABET.charAt((int) (rest % 62));
      rest /= 62;
    }
    return new String(digits);
  }

  /** Whether six bytes from {@code from} say what {@link #sixDigits} would; allocates nothing. */
  public static boolean areSixDigitsOf(long value, byte[] text, int from) {
    long rest = value & 0xffff_ffffL;
    for (int place = from + 5; place >= from; place--) {
      if (text[place] != ALPHABET_BYTES[(int) (rest % 62)]) {
        return false;
      }
      rest /= 62;
    }
    return true;
  }

  /** The value of a digit, from 0 to 61; of what is none, nothing is said. */
  public static int value(byte digit) {
    return VALUES[digit];
  }

  /** The digit of a value from 0 to 61. */
  public static byte digit(int value) {
    return ALPHABET_BYTES[value];
  }

  /** Whether a character is in the alphabet. */
  public static boolean isDigit(int c) {
    return (c & ~0x7f) == 0 && VALUES[c] >= 0;
  }
}
