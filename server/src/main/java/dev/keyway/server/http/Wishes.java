package dev.keyway.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;

/** What a client asks of a connection besides the answer. */
public final class Wishes {
  private Wishes() {}

  /**
   * Whether the client waits for a word before it sends the body. One of HTTP/1.0 does not, even if
   * it says so (RFC 9110, 10.1.1).
   */
  public static boolean expectsContinue(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)
        && request.version() != HttpVersion.HTTP_1_0;
  }

  /**
   * Whether the client wants to go on as a WebSocket (RFC 6455, 4.1). What asks for another
   * protocol is an ordinary request to us (RFC 9110, 7.8).
   */
  public static boolean isWebSocket(HttpServerRequest request) {
    MultiMap headers = request.headers();
    return headers.contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)
        && HttpMethod.GET.equals(request.method())
        && headers.getAll(HttpHeaders.CONNECTION).stream().anyMatch(Wishes::namesUpgrade)
        && !Framing.hasBody(request);
  }

  private static boolean namesUpgrade(String connection) {
    return Arrays.stream(connection.split(",", -1))
        .anyMatch(option -> option.strip().equalsIgnoreCase("upgrade"));
  }
}
