package dev.keyway.server.http;

import java.util.Map;

/** A call that counted against a limit and then failed: its answer tells the limit all the same. */
public final class CountedCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RuntimeException failure;
  private final transient Map<String, String> headers;

  /**
   * The failure with the limit's headers.
   *
   * @param failure what the call is answered with
   */
  public CountedCallException(RuntimeException failure, Map<String, String> headers) {
    // No stack trace: the failure's own tells where.
    super(failure.getMessage(), failure, false, false);
    this.failure = failure;
    this.headers = Map.copyOf(headers);
  }

  RuntimeException failure() {
    return failure;
  }

  Map<String, String> headers() {
    return headers;
  }
}
