package dev.keyway.core.apikey;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The check of a key, worked out bit by bit and apart from the code under test. */
public final class IndependentChecksum {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private IndependentChecksum() {}

  /** The body with its six characters of check (CRC-32 as in ISO 3309, polynomial 0x04C11DB7). */
  public static String complete(String body) {
    int crc = ~0;
    for (byte b : body.getBytes(StandardCharsets.US_ASCII)) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0xEDB88320;
      }
    }
    var rest = new BigInteger(Integer.toUnsignedString(~crc));
    var check = new StringBuilder();
    for (int place = 0; place < 6; place++) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(62));
      check.insert(0, ALPHABET.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return body + check;
  }
}
