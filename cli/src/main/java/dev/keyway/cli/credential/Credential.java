package dev.keyway.cli.credential;

import dev.keyway.cli.CliException;
import dev.keyway.cli.ExitCode;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.KeyFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A whole key, which nothing shows unless it is asked for by name. */
public final class Credential {
  private static final int MOST = 512;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final String key;

  /**
   * A key as somebody gave it.
   *
   * @throws CliException when no key can look so; the message does not repeat it
   */
  public Credential(String given) {
    this.key = given.replace(BYTE_ORDER_MARK, "").strip();
    boolean isPlain = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > MOST || !isPlain) {
      throw new CliException(
          ExitCode.USAGE,
          "what was given is no key: a key is one word of ASCII letters, digits and underscores");
    }
  }

  /** The key itself. */
  public String reveal() {
    return key;
  }

  /** The key's public id, or the whole text where it is no key of Keyway's form. */
  public static String idIn(String text) {
    return find(text).map(id -> "key_" + id.characters()).orElse(text);
  }

  /** Whether a whole key stands anywhere in a text. */
  public static boolean isWithin(String text) {
    return find(text).isPresent();
  }

  private static Optional<ApiKeyId> find(String text) {
    return Stream.of(text.split("[^0-9A-Za-z_]+", -1))
        .map(KeyFormat::idOf)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The same text for other eyes: of long words the beginning. */
  public static String masked(String text) {
    return text.replaceAll("([0-9A-Za-z_]{12})[0-9A-Za-z_]{38,}", "$1…");
  }

  @Override
  public String toString() {
    return "Credential[hidden]";
  }
}
