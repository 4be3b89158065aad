package dev.keyway.server.http;

import java.util.Locale;

/**
 * Every stable code that Keyway answers with, its HTTP status and its title (RFC 9457). Each has a
 * page in {@code docs/problems/}.
 */
public enum ProblemCode {
  INVALID_REQUEST(400, "The request is not valid"),
  INVALID_NAME(400, "The name is not allowed"),
  INVALID_EXPIRY(400, "The expiry is not allowed"),
  UNAUTHENTICATED(401, "The caller is not known"),
  MISSING_KEY(401, "An API key is required"),
  INVALID_KEY(401, "The API key is not valid"),
  KEY_IN_QUERY(401, "An API key must not be sent in the query"),
  FORBIDDEN(403, "The caller may not do this"),
  API_ACCESS_DENIED(403, "The plan does not include API access"),
  OUT_OF_SCOPE(403, "The API key does not open this resource"),
  CSRF_FAILED(403, "The CSRF token is missing or wrong"),
  REAUTHENTICATION_REQUIRED(403, "The password has to be given again"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  CONFLICT(409, "The state of things forbids it"),
  KEY_LIMIT_REACHED(409, "All places for active keys are taken"),
  IDEMPOTENCY_IN_PROGRESS(409, "The first call with this Idempotency-Key is still running"),
  PRECONDITION_FAILED(412, "It has changed since it was read"),
  TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not supported"),
  IDEMPOTENCY_MISMATCH(422, "The Idempotency-Key belongs to another request"),
  RATE_LIMITED(429, "Too many requests"),
  INTERNAL(500, "Something went wrong inside Keyway"),
  UPSTREAM_UNAVAILABLE(502, "The upstream cannot be reached"),
  UNAVAILABLE(503, "Keyway cannot answer now"),
  CANNOT_VERIFY(503, "The API key cannot be verified now"),
  REVOCATION_UNCONFIRMED(503, "The change is not confirmed yet"),
  UPSTREAM_NOT_CONFIGURED(503, "The upstream has no address"),
  UPSTREAM_TIMEOUT(504, "The upstream did not answer in time");

  private final int status;
  private final String title;
  private final String text = name().toLowerCase(Locale.ROOT);

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The stable code as callers see it. */
  public String text() {
    return text;
  }

  /** The code of that text; a text that is none is a bug. */
  public static ProblemCode of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
