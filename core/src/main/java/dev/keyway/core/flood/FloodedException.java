package dev.keyway.core.flood;

/**
 * Too many unknown keys come for one more to be looked up; the call may be repeated.
 *
 * <p>It becomes 503, like an outage, but is no event for the log: how often it happens is the
 * attacker's to choose. For the same reason it carries no stack trace.
 */
public final class FloodedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FloodedException() {
    super("too many unknown keys come", null, false, false);
  }
}
