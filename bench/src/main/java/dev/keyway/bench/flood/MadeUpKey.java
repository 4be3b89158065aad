package dev.keyway.bench.flood;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A key of the right form that nobody has: 12 characters of id and 43 of secret, and their right
 * check, so that it is turned away by nothing but a look-up.
 */
final class MadeUpKey {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_AND_SECRET = 12 + 43;
  private static final int CHECK = 6;

  private MadeUpKey() {}

  static String with(String prefix, Random random) {
    var key = new StringBuilder(prefix);
    for (int i = 0; i < ID_AND_SECRET; i++) {
      key.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    var crc = new CRC32();
    crc.update(key.toString().getBytes(StandardCharsets.ISO_8859_1));
    return key + check(crc.getValue());
  }

  private static String check(long value) {
    char[] check = new char[CHECK];
    long rest = value;
    for (int i = CHECK - 1; i >= 0; i--) {
      check[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return new String(check);
  }
}
