package dev.keyway.core.apikey;

/**
 * A whole key as its owner will use it: the one thing that is shown once and never kept.
 *
 * <p>Not a record and without {@code equals}, so that it cannot be printed, compared or used as a
 * map key by accident (ALL-1).
 */
public final class KeySecret {
  private final String key;

  KeySecret(String key) {
    this.key = key;
  }

  /** The key itself. Whoever calls this answers for where the text goes. */
  public String reveal() {
    return key;
  }

  /** Says that there is a secret, never which. */
  @Override
  public String toString() {
    return "KeySecret[redacted]";
  }
}
