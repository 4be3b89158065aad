package dev.keyway.core.apikey;

import dev.keyway.core.Base62;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The public name of a key: {@code key_} and the 12 base62 characters that the key itself carries.
 *
 * <p>It holds six bits for each character and no text: every key in memory has one, and every
 * request makes one.
 */
public final class ApiKeyId {
  public static final int LENGTH = 12;
  private static final String PREFIX = "key_";

  /** So many characters fit a long. */
  private static final int HEAD_LENGTH = 10;

  private static final int DIGIT_BITS = 6;
  private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

  private final long head;
  private final int tail;

  /**
   * The id of these characters, without {@code key_}.
   *
   * @throws IllegalArgumentException unless they are 12 base62 characters
   */
  public ApiKeyId(String characters) {
    this(required(characters), 0);
  }

  /** The id in a text that is known to be base62 there. */
  ApiKeyId(byte[] text, int from) {
    this.head = digits(text, from, HEAD_LENGTH);
    this.tail = (int) digits(text, from + HEAD_LENGTH, LENGTH - HEAD_LENGTH);
  }

  private static byte[] required(String characters) {
    if (!Base62.isBase62(characters, LENGTH)) {
      throw new IllegalArgumentException("an API key id has 12 base62 characters");
    }
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static long digits(byte[] text, int from, int length) {
    long digits = 0;
    for (int i = from; i < from + length; i++) {
      digits = digits << DIGIT_BITS | Base62.value(text[i]);
    }
    return digits;
  }

  /** Reads the public form; empty when {@code text} does not have it. */
  public static Optional<ApiKeyId> parse(String text) {
    if (!text.startsWith(PREFIX) || !Base62.isBase62(text.substring(PREFIX.length()), LENGTH)) {
      return Optional.empty();
    }
    return Optional.of(new ApiKeyId(text.substring(PREFIX.length())));
  }

  /** The 12 characters, without {@code key_}. */
  public String characters() {
    return text("");
  }

  /** The public form, {@code key_…}. */
  @Override
  public String toString() {
    return text(PREFIX);
  }

  private String text(String prefix) {
    int from = prefix.length();
    var text = new byte[from + LENGTH];
    for (int i = 0; i < from; i++) {
      text[i] = (byte) prefix.charAt(i);
    }
    write(head, text, from, HEAD_LENGTH);
    write(tail, text, from + HEAD_LENGTH, LENGTH - HEAD_LENGTH);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void write(long digits, byte[] text, int from, int length) {
    long rest = digits;
    for (int i = from + length - 1; i >= from; i--) {
      text[i] = Base62.digit((int) rest & DIGIT_MASK);
      rest >>>= DIGIT_BITS;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKeyId id && head == id.head && tail == id.tail;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(head) * 31 + tail;
  }
}
