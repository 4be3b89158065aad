package dev.keyway.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a request. Only {@link Allowed} lets it through; an outage is never
 * reported as a wrong key, and a wrong key never as an outage.
 */
public sealed interface Decision {

  /**
   * The request may pass, and was counted.
   *
   * @param headers fields to add to the application's own answer: CORS, what remains of the limit,
   *     the request's id
   */
  record Allowed(KeywayIdentity identity, Map<String, List<String>> headers) implements Decision {}

  /** A browser asks first (CORS); answer it so, and do not hand it on. */
  record Preflight(ClientAnswer answer) implements Decision {}

  /**
   * The request must not pass.
   *
   * @param code the stable code of the problem, such as {@code invalid_key}
   */
  record Refused(String code, ClientAnswer answer) implements Decision {}

  /** Nobody can say now. The answer is a 503 {@code cannot_verify} with {@code Retry-After}. */
  record Unavailable(UnavailableReason reason, ClientAnswer answer, @Nullable Throwable cause)
      implements Decision {}
}
