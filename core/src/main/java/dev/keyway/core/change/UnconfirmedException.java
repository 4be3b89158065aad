package dev.keyway.core.change;

/**
 * A change of rights is committed, or may be, and not known to hold everywhere: 503 {@code
 * revocation_unconfirmed}. Repeating the call is safe.
 */
public final class UnconfirmedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnconfirmedException(Throwable cause) {
    super("The change may be committed, and nothing confirms it yet; repeat the call.", cause);
  }

  UnconfirmedException(long seq, Throwable cause) {
    super("Change " + seq + " is committed and not confirmed yet; repeat the call.", cause);
  }
}
