package dev.keyway.core.apikey;

import dev.keyway.core.Base62;
import java.util.Optional;

/**
 * The public name of a key: {@code key_} and the 12 base62 characters that the key itself carries.
 *
 * @param characters the 12 characters, without {@code key_}
 */
public record ApiKeyId(String characters) {
  public static final int LENGTH = 12;
  private static final String PREFIX = "key_";

  public ApiKeyId {
    if (!Base62.isBase62(characters, LENGTH)) {
      throw new IllegalArgumentException("an API key id has 12 base62 characters");
    }
  }

  /** Reads the public form; empty when {@code text} does not have it. */
  public static Optional<ApiKeyId> parse(String text) {
    if (!text.startsWith(PREFIX) || !Base62.isBase62(text.substring(PREFIX.length()), LENGTH)) {
      return Optional.empty();
    }
    return Optional.of(new ApiKeyId(text.substring(PREFIX.length())));
  }

  /** The public form, {@code key_…}. */
  @Override
  public String toString() {
    return PREFIX + characters;
  }
}
