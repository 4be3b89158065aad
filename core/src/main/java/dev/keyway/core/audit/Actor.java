package dev.keyway.core.audit;

import java.util.Locale;

/**
 * Who did something.
 *
 * @param id an account's, an operator key's or a key's id; the part's name for the system itself
 */
public record Actor(Kind kind, String id) {

  /** The kinds of actors. */
  public enum Kind {
    ACCOUNT,
    OPERATOR,
    KEY,
    SYSTEM;

    /** The form in the API. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An actor for calls whose caller is not known. */
  public static Actor anonymous() {
    return new Actor(Kind.SYSTEM, "anonymous");
  }
}
