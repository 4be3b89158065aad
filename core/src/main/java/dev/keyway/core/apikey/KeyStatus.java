package dev.keyway.core.apikey;

import java.util.Locale;

/** The state of a key, in order of precedence: the first that applies is the one shown. */
public enum KeyStatus {
  /** Withdrawn by someone; final. */
  REVOKED,
  /** Its creator or its scope is gone; final. */
  DEACTIVATED,
  /** Its time has passed. */
  EXPIRED,
  ACTIVE;

  /** The form in the API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
