package dev.keyway.core;

import java.time.Duration;

/**
 * A management call that is refused, with the stable code its caller can rely on (RFC 9457).
 *
 * <p>The family is closed: each member is one HTTP status, and the codes are those of the outside
 * contract. Messages are shown to callers; they say what to do and never contain a secret.
 */
public abstract sealed class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  private RefusedException(String code, String message) {
    // No stack trace: a refusal is an ordinary outcome that callers can provoke at will.
    super(message, null, false, false);
    this.code = code;
  }

  /** The stable code, such as {@code invalid_name}. */
  public final String code() {
    return code;
  }

  /** What to tell the caller. */
  public final String detail() {
    return String.valueOf(getMessage());
  }

  /** The request itself is wrong: 400. */
  public static final class Invalid extends RefusedException {
    private static final long serialVersionUID = 1L;

    private Invalid(String code, String message) {
      super(code, message);
    }

    public static Invalid request(String message) {
      return new Invalid("invalid_request", message);
    }

    public static Invalid name(String message) {
      return new Invalid("invalid_name", message);
    }

    public static Invalid expiry(String message) {
      return new Invalid("invalid_expiry", message);
    }
  }

  /** The caller is not known: 401. */
  public static final class Unauthenticated extends RefusedException {
    private static final long serialVersionUID = 1L;

    public Unauthenticated(String message) {
      super("unauthenticated", message);
    }
  }

  /** The caller is known and may not: 403. */
  public static final class Forbidden extends RefusedException {
    private static final long serialVersionUID = 1L;

    private Forbidden(String code, String message) {
      super(code, message);
    }

    public static Forbidden call(String message) {
      return new Forbidden("forbidden", message);
    }

    public static Forbidden plan(String plan) {
      return new Forbidden(
          "api_access_denied",
          "The plan '" + plan + "' does not include API access; upgrade the workspace's plan.");
    }

    public static Forbidden staleSession() {
      return new Forbidden(
          "reauthentication_required",
          "The password was given too long ago for this; give it again at"
              + " POST /v1/sessions/current/reauthenticate and repeat the call.");
    }

    public static Forbidden csrf() {
      return new Forbidden(
          "csrf_failed", "Send the session's csrf_token in the header X-CSRF-Token.");
    }
  }

  /** The thing does not exist, or is another's, which the caller cannot tell apart: 404. */
  public static final class NotFound extends RefusedException {
    private static final long serialVersionUID = 1L;

    public NotFound(String what) {
      super("not_found", what + " was not found.");
    }
  }

  /** The state of things forbids the change: 409. */
  public static final class Conflict extends RefusedException {
    private static final long serialVersionUID = 1L;

    private Conflict(String code, String message) {
      super(code, message);
    }

    public static Conflict with(String message) {
      return new Conflict("conflict", message);
    }

    public static Conflict keyLimit(int limit) {
      return new Conflict(
          "key_limit_reached",
          "All " + limit + " places for active keys are taken; revoke a key first.");
    }

    public static Conflict outcomeUnknown() {
      return new Conflict(
          "conflict",
          "Keyway stopped during the first call with this Idempotency-Key and does not know whether"
              + " it was done. Look first, for example in the list of keys, then repeat it under a"
              + " new Idempotency-Key.");
    }

    public static Conflict idempotencyInProgress() {
      return new Conflict(
          "idempotency_in_progress",
          "A call with this Idempotency-Key is still running; repeat it in a moment.");
    }
  }

  /** {@code If-Match} names an old version: 412. */
  public static final class PreconditionFailed extends RefusedException {
    private static final long serialVersionUID = 1L;

    public PreconditionFailed() {
      super("precondition_failed", "It has changed since; read it again and repeat the call.");
    }
  }

  /** The same {@code Idempotency-Key} came with another request: 422. */
  public static final class IdempotencyMismatch extends RefusedException {
    private static final long serialVersionUID = 1L;

    public IdempotencyMismatch() {
      super(
          "idempotency_mismatch",
          "This Idempotency-Key was used with another request; use a new one.");
    }
  }

  /** Too many calls: 429. */
  public static final class RateLimited extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public RateLimited(String message, Duration retryAfter) {
      super("rate_limited", message);
      this.retryAfter = retryAfter;
    }

    /** When the next call can succeed. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }
}
