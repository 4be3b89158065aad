package dev.keyway.core.tenancy;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.Texts;
import org.jspecify.annotations.Nullable;

/** What counts as an e-mail address: enough to be one; the mail itself proves the rest. */
final class Emails {
  private static final int MAX_LENGTH = 254;

  private Emails() {}

  static String required(@Nullable String email) {
    String text = Texts.line("email", email, MAX_LENGTH);
    int at = text.indexOf('@');
    boolean isAddress =
        at > 0
            && at == text.lastIndexOf('@')
            && at < text.length() - 1
            && text.chars().noneMatch(Character::isWhitespace);
    if (!isAddress) {
      throw Invalid.request("'email' must be an e-mail address, such as ana@example.com.");
    }
    return text;
  }
}
