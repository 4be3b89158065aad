package dev.keyway.core.verify;

import dev.keyway.core.limit.LimitState;
import org.jspecify.annotations.Nullable;

/** The answer to a {@link VerificationRequest}. "Cannot say" is a case of its own (ALL-5). */
public sealed interface VerificationDecision {

  /**
   * The key may.
   *
   * @param limit what the limits said that the request was counted against; null for none
   */
  record Allowed(VerifiableKey key, @Nullable LimitState limit) implements VerificationDecision {}

  /**
   * The key may not.
   *
   * @param key the key, once it is known that the caller holds it; null before
   * @param limit what the limits said, of which one was reached; null for every other reason
   */
  record Denied(DenialReason reason, @Nullable VerifiableKey key, @Nullable LimitState limit)
      implements VerificationDecision {}

  /** Nobody can say now; a door answers 503, never 401. */
  record Indeterminate(Cause cause) implements VerificationDecision {}

  /** Why nobody can say. */
  enum Cause {
    STORE_UNAVAILABLE,
    /** The node does not know whether what it reads is still true. */
    LEASE_LAPSED,
    /** The key's digest was made under a pepper this node does not hold. */
    PEPPER_MISSING,
    /** Memory does not know the key, and too many such keys come for the store to be asked. */
    TOO_MANY_UNKNOWN
  }
}
