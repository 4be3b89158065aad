package dev.keyway.server.http;

import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The last answer on a client's connection: its head says so, and what the client has sent behind
 * its request is not handled (RFC 9112, 9.6). It may be what is left of a body, or a request that
 * the client will send again elsewhere.
 *
 * <p>Closing alone does not bring that about: what was read together with the request is still
 * handed on, and an answer that waits to be written holds the close up.
 */
public final class LastAnswer {
  private static final AttributeKey<Boolean> PROMISED = AttributeKey.valueOf("keyway.last-answer");

  private LastAnswer() {}

  /** Makes a request's answer, whose head is not sent yet, the last one; closes nothing. */
  public static void promise(HttpServerRequest request) {
    takeNoMore(request.connection());
    // At the last moment: Vert.x would promise an old client (HTTP/1.0) to go on if it asked to.
    var response = request.response();
    response.headersEndHandler(
        _ -> response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
  }

  /** Handles no request that comes on a connection from now on. */
  static void takeNoMore(HttpConnection connection) {
    ((ConnectionBase) connection).channel().attr(PROMISED).set(true);
  }

  /**
   * Drops a request that came behind the last answer and ends the connection; what was answered
   * before is still written.
   *
   * @return false when there was no last answer, and nothing was done
   */
  public static boolean drops(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (!((ConnectionBase) connection).channel().hasAttr(PROMISED)) {
      return false;
    }
    connection.close();
    return true;
  }
}
