package dev.keyway.core.operator;

import java.util.Locale;

/** What an operator key may do; each right is given on its own. */
public enum Right {
  /** Ask whether a key is valid. */
  VERIFY,
  /** Look at everything but secrets. */
  READ,
  /** Change everything. */
  MANAGE;

  /** The form in the API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
