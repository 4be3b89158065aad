package dev.keyway.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer of HTTP's own that no use case gives, such as 413; it becomes the problem it names. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final transient Map<String, String> headers;
  private final transient @Nullable JsonObject limit;

  /**
   * A problem to answer with.
   *
   * @param detail shown to callers; never holds a secret
   */
  public ProblemException(ProblemCode code, String detail) {
    this(code, detail, Map.of());
  }

  /**
   * A problem to answer with.
   *
   * @param headers sent with it
   */
  public ProblemException(ProblemCode code, String detail, Map<String, String> headers) {
    this(code, detail, headers, null);
  }

  private ProblemException(
      ProblemCode code, String detail, Map<String, String> headers, @Nullable JsonObject limit) {
    // No stack trace: callers can provoke it at will.
    super(detail, null, false, false);
    this.code = code;
    this.headers = Map.copyOf(headers);
    this.limit = limit;
  }

  /**
   * The refusal of a limit.
   *
   * @param limit the limit that refuses, as a member of the body
   */
  public static ProblemException rateLimited(
      String detail, Map<String, String> headers, JsonObject limit) {
    return new ProblemException(ProblemCode.RATE_LIMITED, detail, headers, limit);
  }

  @Nullable JsonObject limit() {
    return limit;
  }

  ProblemCode code() {
    return code;
  }

  Map<String, String> headers() {
    return headers;
  }
}
