package dev.keyway.bench.inside;

import dev.keyway.core.Base62;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.Peppers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Keys of the right form whose ids ascend: a database then writes pages in their order, which makes
 * ten million of them a matter of minutes. Spread over all ids, they are looked up as random ones.
 */
final class MadeKeys {
  static final String PREFIX = "bench_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** Ten digits fit a long; the other two of an id are random. */
  private static final int ORDERED = 10;

  private static final long ALL = 839_299_365_868_340_224L;

  private final long step;
  private final Random random;

  MadeKeys(int count, Random random) {
    this.step = ALL / count;
    this.random = random;
  }

  /** The key with a number, from 0; ask in the order of numbers. */
  String next(int number) {
    var key = new StringBuilder(PREFIX);
    long id = step * number + random.nextLong(step);
    char[] ordered = new char[ORDERED];
    for (int i = ORDERED - 1; i >= 0; i--) {
      ordered[i] = DIGITS.charAt((int) (id % 62));
      id /= 62;
    }
    key.append(ordered);
    append(key, ApiKeyId.LENGTH - ORDERED + 43);
    return withCheck(key.toString());
  }

  /** A key of the right form that nobody has, but for one chance in very many. */
  static String unknown(Random random) {
    var key = new StringBuilder(PREFIX);
    for (int i = 0; i < ApiKeyId.LENGTH + 43; i++) {
      key.append(DIGITS.charAt(random.nextInt(62)));
    }
    return withCheck(key.toString());
  }

  private void append(StringBuilder key, int length) {
    for (int i = 0; i < length; i++) {
      key.append(DIGITS.charAt(random.nextInt(62)));
    }
  }

  private static String withCheck(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
    return body + Base62.sixDigits(crc.getValue());
  }

  /** The pepper of a file in base64 as version 1, or none for {@code -}. */
  static Peppers peppers(String file) throws IOException {
    if (file.equals("-")) {
      return Peppers.none();
    }
    String text = Files.readString(Path.of(file)).strip();
    return new Peppers(Map.of(1, Base64.getDecoder().decode(text)));
  }
}
