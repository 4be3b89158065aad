package dev.keyway.demo.web;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A request that a sample will not serve; thrown anywhere in a handler, answered as JSON. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> headers;

  private Refusal(int status, String code, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  /** A refusal with its HTTP status, a stable code for programs and a sentence for people. */
  public static Refusal of(int status, String code, String message) {
    return new Refusal(status, code, message, Map.of());
  }

  /** 404: there is no such thing, or it is another's; the caller cannot tell which. */
  public static Refusal notFound(String message) {
    return of(404, "not_found", message);
  }

  /** 400: the request itself is wrong. */
  public static Refusal invalid(String message) {
    return of(400, "invalid_request", message);
  }

  /** 405, with the methods that would do in {@code Allow} (RFC 9110, 15.5.6). */
  public static Refusal methodNotAllowed(Set<String> allowed) {
    String list = String.join(", ", new TreeSet<>(allowed));
    return new Refusal(
        405, "method_not_allowed", "This path answers " + list + ".", Map.of("Allow", list));
  }

  /** 403: the gateway's identity header is missing, so the request did not come through it. */
  static Refusal identityRequired(String header) {
    return of(403, "identity_required", "The request carries no " + header + " header.");
  }

  /** The answer that tells the client so. */
  public Reply reply() {
    return Reply.json(status, Map.of("error", Json.ordered("code", code, "message", getMessage())))
        .with(headers);
  }
}
