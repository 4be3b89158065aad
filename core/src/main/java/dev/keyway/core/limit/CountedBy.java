package dev.keyway.core.limit;

import java.util.Locale;

/** Whose requests a limit counts together. */
public enum CountedBy {
  KEY,
  /** All keys that one account has made. */
  MEMBER,
  /** All keys of one workspace; where a key has none, those of the account that made it. */
  WORKSPACE,
  /** All keys of all workspaces of a product that are on one plan. */
  PLAN;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Its name in profiles, answers and the store. */
  public String text() {
    return text;
  }
}
