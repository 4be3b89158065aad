package dev.keyway.client.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.zip.CRC32;

/**
 * The form of every product's keys: a prefix, 55 characters and a checksum of six, base62. A text
 * of that form is taken for a key wherever it stands, since nobody else's texts have its checksum.
 */
final class KeyForm {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int CHECK = 6;
  private static final int AFTER_PREFIX = 12 + 43 + CHECK;
  private static final int MAX_LENGTH = 256;

  private KeyForm() {}

  static boolean isIn(String text) {
    int end = text.length() - CHECK;
    if (text.length() <= AFTER_PREFIX || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = text.length() - AFTER_PREFIX; i < text.length(); i++) {
      if (BASE62.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    CRC32 crc = new CRC32();
    crc.update(text.substring(0, end).getBytes(US_ASCII));
    long stated = 0;
    for (int i = end; i < text.length(); i++) {
      stated = stated * BASE62.length() + BASE62.indexOf(text.charAt(i));
    }
    return stated == crc.getValue();
  }
}
