package dev.keyway.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** Whether everyone who reads a request agrees where it ends and for whom it is. */
public final class Framing {
  private Framing() {}

  /**
   * Whether a request is clear. Its body is chunked and nothing else, or not coded at all: where
   * another coding is named, Vert.x would take the body for the next request (RFC 9112, 6.3). It
   * names one host, as HTTP/1.1 must (RFC 9112, 3.2). And every field has a name, which Netty does
   * not ask for.
   */
  public static boolean isClear(HttpServerRequest request) {
    MultiMap headers = request.headers();
    int hosts = headers.getAll(HttpHeaders.HOST).size();
    return isCodingKnown(headers)
        && !headers.contains("")
        && hosts <= 1
        && (hosts == 1 || request.version() == HttpVersion.HTTP_1_0);
  }

  /** Whether a request that could not be read has a head that is too long. */
  public static boolean isTooLong(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
  }

  /** Whether a body follows the head. */
  public static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : !isZero(length);
  }

  private static boolean isZero(String length) {
    return !length.isEmpty() && length.chars().allMatch(c -> c == '0');
  }

  private static boolean isCodingKnown(MultiMap headers) {
    List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
    return codings.isEmpty()
        || (codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked"));
  }
}
