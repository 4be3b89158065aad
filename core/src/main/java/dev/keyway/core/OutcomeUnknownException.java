package dev.keyway.core;

import org.jspecify.annotations.Nullable;

/** An answer did not come in time: whether the call is done, or yet will be, is not known. */
public final class OutcomeUnknownException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
