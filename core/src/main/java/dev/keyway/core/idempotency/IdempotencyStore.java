package dev.keyway.core.idempotency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where answers to calls with an {@code Idempotency-Key} are kept for 24 hours, without secrets.
 */
public interface IdempotencyStore {

  /**
   * Takes the key for a call that is about to be made.
   *
   * @param caller the principal's id; keys of two callers never meet
   * @param fingerprint SHA-256 of method, path and body, in hexadecimal
   * @return null when the call may go on; otherwise what is known of the first one
   */
  @Nullable Earlier begin(String caller, String key, String fingerprint, Instant at);

  /** Keeps the answer of a call that {@link #begin} let go on. */
  void complete(String caller, String key, int status, String body);

  /** Gives the key back: the call was refused or failed and has changed nothing. */
  void abandon(String caller, String key);

  /** Marks a call of which nobody knows whether it was done; it keeps its key. */
  void interrupt(String caller, String key);

  /**
   * Marks every call without an answer that began at an instant or before: the program that made it
   * has stopped, and whether it was done is not known.
   */
  void markInterrupted(Instant begunBy);

  /** Forgets what began before an instant. */
  void forget(Instant before);

  /**
   * A call made earlier under the same key.
   *
   * @param status null while it is running
   * @param body null while it is running, and when it was interrupted
   */
  record Earlier(String fingerprint, @Nullable Integer status, @Nullable String body) {
    /** The status of a call that was interrupted. */
    public static final int INTERRUPTED = 409;

    /** Whether nobody knows if the call was done. */
    public boolean isInterrupted() {
      return status != null && body == null;
    }
  }
}
