package dev.keyway.core.verify;

import java.util.Locale;

/** Why a key is not accepted, in the order of checks. */
public enum DenialReason {
  KEY_IN_QUERY,
  SEVERAL_CREDENTIALS,
  MISSING,
  PLACE_NOT_ACCEPTED,
  MALFORMED,
  NOT_FOUND,
  REVOKED,
  DEACTIVATED,
  EXPIRED,
  WRONG_PRODUCT,
  PLAN_REQUIRED,
  OUT_OF_SCOPE,
  RATE_LIMITED;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The form in the API and in metrics. */
  public String text() {
    return text;
  }
}
