package dev.keyway.core.apikey;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognises whole keys inside other texts, so that none is kept or repeated in clear (ALL-1).
 *
 * <p>The checksum is not looked at: a key with one wrong character is still nearly a key.
 */
public final class KeyLikeText {
  private final Pattern key;

  /** Recognises keys of these prefixes. */
  public KeyLikeText(Collection<String> prefixes) {
    String anyPrefix = prefixes.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    this.key = Pattern.compile("(?:" + anyPrefix + ")[0-9A-Za-z]{" + KeyFormat.TAIL_LENGTH + "}");
  }

  /** Whether a whole key, or what has its form, stands anywhere in the text. */
  public boolean isIn(String text) {
    return key.matcher(text).find();
  }
}
