package dev.keyway.conformance.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.zip.CRC32;

/**
 * The form of a key, worked out here from the contract alone: {@code <prefix><id 12><secret
 * 43><check 6>}, base62.
 */
public final class KeyForm {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int CHECK_LENGTH = 6;
  private static final int ID_LENGTH = 12;
  private static final int SECRET_LENGTH = 43;

  private KeyForm() {}

  /** The pattern of a key with this prefix. */
  public static String pattern(String prefix) {
    return prefix + "[0-9A-Za-z]{" + (ID_LENGTH + SECRET_LENGTH + CHECK_LENGTH) + "}";
  }

  /** The twelve characters of the key's id. */
  public static String id(String key, String prefix) {
    return key.substring(prefix.length(), prefix.length() + ID_LENGTH);
  }

  /** CRC-32 of the text in base62, left-padded with zeros to six characters. */
  public static String check(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(US_ASCII));
    StringBuilder digits = new StringBuilder();
    for (long rest = crc.getValue(); rest > 0; rest /= ALPHABET.length()) {
      digits.insert(0, ALPHABET.charAt((int) (rest % ALPHABET.length())));
    }
    return "0".repeat(CHECK_LENGTH - digits.length()) + digits;
  }

  /** The key without its checksum. */
  public static String unchecked(String key) {
    return key.substring(0, key.length() - CHECK_LENGTH);
  }

  /** The same id with another secret: well formed, right checksum, never issued. */
  public static String withOtherSecret(String key) {
    String body = unchecked(key);
    int last = body.length() - 1;
    String other = body.substring(0, last) + (body.charAt(last) == 'a' ? 'b' : 'a');
    return other + check(other);
  }

  /** A well-formed key of this prefix that was never issued. */
  public static String neverIssued(String prefix) {
    String body = prefix + "0".repeat(ID_LENGTH) + "7".repeat(SECRET_LENGTH);
    return body + check(body);
  }
}
