package dev.keyway.core.session;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.Texts;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A person's password, as it is compared: any characters, in normal form NFKC, so that it is the
 * same from every keyboard (NIST SP 800-63B, 3.1.1.2).
 *
 * <p>A chosen one has at least {@value #MIN_CHARACTERS} characters, is not the person's e-mail and
 * not one of those that everybody tries first. No kinds of characters are demanded: that makes
 * passwords harder to remember and no harder to guess (there too).
 */
public final class Password {
  public static final int MIN_CHARACTERS = 12;

  /** Argon2id reads the whole password, so its length has to end somewhere. */
  public static final int MAX_BYTES = 1_024;

  private static final int MIN_DIFFERENT_CHARACTERS = 4;

  private final String text;

  private Password(String text) {
    this.text = text;
  }

  /**
   * A password that somebody gives to be compared.
   *
   * @param field the name under which it was given, for refusals
   */
  public static Password given(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw Invalid.request("'" + field + "' is required.");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw Invalid.request("'" + field + "' has at most " + MAX_BYTES + " bytes in UTF-8.");
    }
    return new Password(Normalizer.normalize(text, Normalizer.Form.NFKC));
  }

  /** Refuses a password that nobody should choose; {@code email} is the account's. */
  public void requireFitFor(String email) {
    if (Texts.length(text) < MIN_CHARACTERS) {
      throw Invalid.request(
          "'password' must have at least " + MIN_CHARACTERS + " characters; any will do.");
    }
    String folded = Texts.folded(text);
    if (folded.equals(Texts.folded(email))) {
      throw Invalid.request("'password' must not be the e-mail.");
    }
    boolean isMonotonous = text.codePoints().distinct().count() < MIN_DIFFERENT_CHARACTERS;
    if (isMonotonous || CommonPasswords.contain(folded)) {
      throw Invalid.request("'password' is one of those that are tried first; choose another.");
    }
  }

  /** The text itself, for the hash. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "Password[redacted]";
  }
}
