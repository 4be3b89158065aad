package dev.keyway.server.gateway;

import dev.keyway.server.http.RequestIds;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** A request with what every answer to it needs. */
final class Call {
  private final HttpServerRequest request;
  private final String id = RequestIds.next();
  private Cors cors = Cors.NONE;
  private boolean paused;

  Call(HttpServerRequest request) {
    this.request = request;
  }

  HttpServerRequest request() {
    return request;
  }

  /** Under which answers, upstreams and logs know the request. */
  String id() {
    return id;
  }

  Cors cors() {
    return cors;
  }

  /** Says which product's rules for browsers hold; none do before. */
  void enter(Door door) {
    cors = door.cors();
  }

  /** Keeps the body back, if there is one, until it is known where it may go. */
  void holdBody() {
    if (hasBody()) {
      request.pause();
      paused = true;
    }
  }

  /** Reads and drops what is left of the body, so that the connection can be used again. */
  void discardBody() {
    if (paused) {
      paused = false;
      request.handler(null);
      request.resume();
    }
  }

  boolean isHead() {
    return HttpMethod.HEAD.equals(request.method());
  }

  /** Whether a body follows the head. */
  boolean hasBody() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : !length.equals("0");
  }

  /** Whether the client waits for a word before it sends the body (RFC 9110, 10.1.1). */
  boolean expectsContinue() {
    return request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true);
  }

  /** Whether the client wants to go on as a WebSocket (RFC 6455, 4.1). */
  boolean isWebSocket() {
    return HttpMethod.GET.equals(request.method())
        && request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true);
  }

  /** The client's network address. */
  String address() {
    var remote = request.remoteAddress();
    String address = remote == null ? null : remote.hostAddress();
    return address == null ? "" : address;
  }
}
