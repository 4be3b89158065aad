package dev.keyway.store;

import org.jspecify.annotations.Nullable;

/** A database cannot be opened or copied, with one line that says which and why. */
public final class UnusableDatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableDatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
