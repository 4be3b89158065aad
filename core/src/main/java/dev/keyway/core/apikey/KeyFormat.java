package dev.keyway.core.apikey;

import dev.keyway.core.Base62;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The form of a key, {@code <prefix><id 12><secret 43><check 6>}, for a set of installed prefixes.
 *
 * <p>The check is the CRC-32 of all before it, in base62. It turns typing errors and scanner noise
 * away before any look-up; it is no security.
 */
public final class KeyFormat {
  /** 43 base62 characters carry 256 bits. */
  static final int SECRET_LENGTH = 43;

  static final int CHECK_LENGTH = 6;
  static final int TAIL_LENGTH = ApiKeyId.LENGTH + SECRET_LENGTH + CHECK_LENGTH;

  private final String[] prefixes;

  /**
   * A format for these prefixes.
   *
   * @throws IllegalArgumentException when one prefix begins with another: a key could then be read
   *     in two ways
   */
  public KeyFormat(Collection<String> prefixes) {
    requireDistinct(List.copyOf(prefixes));
    this.prefixes = prefixes.toArray(String[]::new);
  }

  /**
   * Checks that no key can be read in two ways.
   *
   * @throws IllegalArgumentException when one prefix equals or begins with another
   */
  public static void requireDistinct(List<String> prefixes) {
    for (int i = 0; i < prefixes.size(); i++) {
      for (int j = 0; j < prefixes.size(); j++) {
        if (i != j && prefixes.get(j).startsWith(prefixes.get(i))) {
          throw new IllegalArgumentException(
              "key prefix '%s' begins with '%s'; no prefix may equal or begin with another"
                  .formatted(prefixes.get(j), prefixes.get(i)));
        }
      }
    }
  }

  /** Reads a key; null when the text has not the form of any installed product's key. */
  public @Nullable PresentedKey parse(String text) {
    for (String prefix : prefixes) {
      if (text.startsWith(prefix)) {
        return parse(text, prefix);
      }
    }
    return null;
  }

  /**
   * The id of a key of whatever product, installed or not; null for another word. Its checksum
   * tells a key from other long words.
   */
  public static @Nullable ApiKeyId idOf(String word) {
    int prefix = word.length() - TAIL_LENGTH;
    PresentedKey key = prefix <= 0 ? null : parse(word, word.substring(0, prefix));
    return key == null ? null : key.id();
  }

  /** Whether a key stands in the text as a word of its own. */
  public boolean isIn(String text) {
    return isIn(text, true);
  }

  /** Whether a key stands in the text, as a word of its own or in the middle of one. */
  public boolean isWithin(String text) {
    return isIn(text, false);
  }

  private boolean isIn(String text, boolean isWord) {
    for (String prefix : prefixes) {
      for (int at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
        int end = at + prefix.length() + TAIL_LENGTH;
        if (end <= text.length()
            && (!isWord || (isEdge(text, at - 1) && isEdge(text, end)))
            && parse(text.substring(at, end), prefix) != null) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a word may begin or end beside the index. */
  private static boolean isEdge(String text, int index) {
    return index < 0
        || index == text.length()
        || (index < text.length() && !Base62.isDigit(text.charAt(index)));
  }

  /** Makes a new key under {@code prefix}. */
  public static Generated generate(String prefix, SecureRandom random) {
    var id = new ApiKeyId(Base62.random(random, ApiKeyId.LENGTH));
    String body = prefix + id.characters() + Base62.random(random, SECRET_LENGTH);
    byte[] bodyBytes = body.getBytes(StandardCharsets.ISO_8859_1);
    String key = body + Base62.sixDigits(checksum(bodyBytes, bodyBytes.length));
    var presented = new PresentedKey(key.getBytes(StandardCharsets.ISO_8859_1), prefix, id);
    return new Generated(presented, new KeySecret(key), key.substring(key.length() - 4));
  }

  /** The installed prefixes. */
  public List<String> prefixes() {
    return List.of(prefixes);
  }

  private static @Nullable PresentedKey parse(String text, String prefix) {
    int length = prefix.length() + TAIL_LENGTH;
    if (text.length() != length) {
      return null;
    }
    // A character outside Latin-1 becomes '?', which is not in the alphabet.
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (!Base62.isBase62(bytes, prefix.length(), TAIL_LENGTH) || !isCheckRight(bytes)) {
      return null;
    }
    return new PresentedKey(bytes, prefix, new ApiKeyId(bytes, prefix.length()));
  }

  private static boolean isCheckRight(byte[] key) {
    int body = key.length - CHECK_LENGTH;
    return Base62.areSixDigitsOf(checksum(key, body), key, body);
  }

  private static long checksum(byte[] bytes, int length) {
    var crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  /**
   * A key just made.
   *
   * @param key the form to take the digest of
   * @param secret the form to show once
   * @param suffix the last four characters, kept for display where the profile says so
   */
  public record Generated(PresentedKey key, KeySecret secret, String suffix) {}
}
