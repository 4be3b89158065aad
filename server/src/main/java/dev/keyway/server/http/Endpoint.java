package dev.keyway.server.http;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of the route table.
 *
 * @param path begins with a slash; a segment in braces is a placeholder
 * @param operationId the name of the operation in the OpenAPI document
 * @param access who may call at all; finer rules are the use case's
 * @param statuses every status the operation answers when it succeeds
 * @param bodyLimitBytes the greatest body it reads
 */
public record Endpoint(
    Method method,
    String path,
    String operationId,
    Access access,
    Set<Integer> statuses,
    int bodyLimitBytes,
    Handler handler) {
  /** The greatest body of any call. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  public Endpoint {
    statuses = Set.copyOf(statuses);
  }

  /** An endpoint with the limit on bodies that its method implies: none of GET and DELETE. */
  public static Endpoint of(
      Method method,
      String path,
      String operationId,
      Access access,
      Set<Integer> statuses,
      Handler handler) {
    int limit = method == Method.GET || method == Method.DELETE ? 0 : MAX_BODY_BYTES;
    return new Endpoint(method, path, operationId, access, statuses, limit, handler);
  }

  /** The same endpoint, which takes a body though its method implies none. */
  public Endpoint withBody() {
    return new Endpoint(method, path, operationId, access, statuses, MAX_BODY_BYTES, handler);
  }

  /** Whether it belongs to the management API, whose requests are bounded and never cached. */
  boolean isManagement() {
    return path.startsWith("/v1/");
  }

  List<String> segments() {
    return List.of(path.substring(1).split("/", -1));
  }

  /** The methods in use; anything else is 405. */
  public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE;

    static @Nullable Method of(String name) {
      return switch (name) {
        // HEAD is GET whose body is left out (RFC 9110, 9.3.2).
        case "GET", "HEAD" -> GET;
        case "POST" -> POST;
        case "PUT" -> PUT;
        case "PATCH" -> PATCH;
        case "DELETE" -> DELETE;
        default -> null;
      };
    }
  }

  /** Who may call. */
  public enum Access {
    /** Anybody. */
    PUBLIC,
    /** Peers within the internal networks; for others it does not exist. */
    INTERNAL,
    /** A signed-in person, by cookie only. */
    SESSION,
    /** A person or an operator key; a product key opens nothing here. */
    PERSON_OR_OPERATOR,
    /** Any known caller: a person, an operator key, a product key. */
    CALLER,
    /** Any known caller, and what a product key calls counts against its management limit. */
    COUNTED_CALLER,
  }
}
