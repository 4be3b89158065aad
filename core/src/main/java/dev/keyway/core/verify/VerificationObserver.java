package dev.keyway.core.verify;

/**
 * Something that is told of each decision, such as usage and metrics.
 *
 * <p>It is called on the event loop: it must not block, and must not throw.
 */
@FunctionalInterface
public interface VerificationObserver {

  /**
   * Takes note of a decision.
   *
   * @param atMillis the instant of the decision, in epoch milliseconds
   */
  void decided(VerificationRequest request, VerificationDecision decision, long atMillis);
}
