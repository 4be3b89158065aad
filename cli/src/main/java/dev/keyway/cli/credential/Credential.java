package dev.keyway.cli.credential;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole key, which nothing shows unless it is asked for by name. */
public final class Credential {
  /** Id, secret and check of a key, whatever stands before them. */
  private static final Pattern WHOLE =
      Pattern.compile("[a-z0-9_]*?([0-9A-Za-z]{12})[0-9A-Za-z]{49}");

  private final String key;

  public Credential(String key) {
    this.key = key;
  }

  /** The key itself. */
  public String reveal() {
    return key;
  }

  /** The key's public id, or the whole text where it is no key of ours. */
  public static String idIn(String text) {
    Matcher whole = WHOLE.matcher(text);
    return whole.matches() ? "key_" + whole.group(1) : text;
  }

  /** Whether a text has the form of a whole key, which belongs into no argument. */
  public static boolean isWhole(String text) {
    return WHOLE.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "Credential[hidden]";
  }
}
