package dev.keyway.client;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer that is ready for the client of the application.
 *
 * @param status the HTTP status
 * @param headers the fields to set, names as they came
 * @param body {@code application/problem+json} (RFC 9457), or nothing
 */
public record ClientAnswer(int status, Map<String, List<String>> headers, String body) {

  static ClientAnswer problem(int status, String code, String title, String detail) {
    String body =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}"
            .formatted(title, status, detail, code);
    Map<String, List<String>> headers =
        status == 503
            ? Map.of("Content-Type", PROBLEM, "Cache-Control", NO_STORE, "Retry-After", SOON)
            : Map.of("Content-Type", PROBLEM, "Cache-Control", NO_STORE);
    return new ClientAnswer(status, headers, body);
  }

  /**
   * A request that nobody can decide on as it is: 400 {@code invalid_request}.
   *
   * @param detail what is wrong and what to do, without quotation marks or control characters
   */
  public static ClientAnswer invalidRequest(String detail) {
    return problem(400, "invalid_request", "The request is not valid", detail);
  }

  static ClientAnswer cannotVerify() {
    return problem(
        503,
        "cannot_verify",
        "The API key cannot be verified now",
        "Nothing is known against the key; repeat the request.");
  }

  /**
   * The same.
   *
   * @param more fields that Keyway wants said beside it, such as those of CORS
   */
  static ClientAnswer cannotVerify(Map<String, List<String>> more) {
    ClientAnswer plain = cannotVerify();
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(more);
    all.putAll(plain.headers());
    return new ClientAnswer(plain.status(), all, plain.body());
  }

  private static final List<String> PROBLEM = List.of("application/problem+json");
  private static final List<String> NO_STORE = List.of("no-store");

  /** In seconds; what Keyway's own doors say when nobody can decide. */
  private static final List<String> SOON = List.of("5");
}
