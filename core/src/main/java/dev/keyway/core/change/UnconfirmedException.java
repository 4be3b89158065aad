package dev.keyway.core.change;

/**
 * A change of rights is committed and not known to hold everywhere: 503 {@code
 * revocation_unconfirmed}. Repeating the call is safe.
 */
public final class UnconfirmedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnconfirmedException(long seq, Throwable cause) {
    super("Change " + seq + " is committed and not confirmed yet; repeat the call.", cause);
  }
}
