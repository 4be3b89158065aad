package dev.keyway.server.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Draws the ids by which requests are known, always the server's own and never a caller's: {@code
 * req_} and 20 characters of base 32, 100 bits. They tell requests apart and guard nothing, so a
 * fast generator will do.
 */
public final class RequestIds {
  /** The header that tells callers and upstreams. */
  public static final String HEADER = "Keyway-Request-Id";

  /** How long each is, in characters. */
  public static final int LENGTH = 24;

  private static final byte[] PREFIX = {'r', 'e', 'q', '_'};
  private static final byte[] ALPHABET =
      "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.ISO_8859_1);

  private RequestIds() {}

  /** A new one. */
  public static String next() {
    var id = new byte[LENGTH];
    System.arraycopy(PREFIX, 0, id, 0, PREFIX.length);
    var random = ThreadLocalRandom.current();
    fill(id, PREFIX.length, random.nextLong());
    fill(id, PREFIX.length + 10, random.nextLong());
    return new String(id, StandardCharsets.ISO_8859_1);
  }

  private static void fill(byte[] id, int from, long bits) {
    long rest = bits;
    for (int i = from; i < from + 10; i++) {
      id[i] = ALPHABET[(int) (rest & 31)];
      rest >>>= 5;
    }
  }
}
