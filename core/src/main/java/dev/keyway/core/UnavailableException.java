package dev.keyway.core;

import org.jspecify.annotations.Nullable;

/**
 * Something Keyway needs, such as its database, does not answer now; the call may be repeated.
 *
 * <p>It becomes 503 and is never turned into a wrong-key answer (ALL-5).
 */
public sealed class UnavailableException extends RuntimeException permits OutcomeUnknownException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
