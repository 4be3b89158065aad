package dev.keyway.server.gateway;

import dev.keyway.server.door.Call;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.NetSocket;

/**
 * Passes the bytes of an upgraded connection (WebSocket, RFC 6455) both ways, no faster than the
 * other side takes them.
 */
final class Tunnel {
  private final ProxyExchange exchange;
  private final Call call;
  private final HttpClientResponse answer;

  Tunnel(ProxyExchange exchange, Call call, HttpClientResponse answer) {
    this.exchange = exchange;
    this.call = call;
    this.answer = answer;
  }

  /** Asks an upstream to upgrade. */
  static void ask(HttpClientRequest request) {
    request.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
    request.putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
    request.connect();
  }

  /** Upgrades the client's side too, once the upstream has agreed. */
  void open() {
    var response = call.request().response();
    response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
    response.putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
    NetSocket upstream = answer.netSocket();
    upstream.pause();
    call.request()
        .toNetSocket()
        .onComplete(client -> join(client, upstream), _ -> exchange.breakOff());
  }

  private void join(NetSocket client, NetSocket upstream) {
    client.closeHandler(_ -> exchange.clientLeft(upstream));
    client.exceptionHandler(_ -> client.close());
    // What the upstream said last is still written before the client's side closes.
    upstream.closeHandler(_ -> client.close());
    upstream.exceptionHandler(_ -> client.close());
    pass(client, upstream, () -> {}, () -> {});
    pass(upstream, client, exchange::stalled, exchange::flowing);
    upstream.resume();
  }

  private void pass(NetSocket from, NetSocket to, Runnable stalled, Runnable flowing) {
    from.handler((Buffer bytes) -> {
      if (exchange.mayPass()) {
        to.write(bytes);
        if (to.writeQueueFull()) {
          from.pause();
          stalled.run();
          to.drainHandler(_ -> {
            flowing.run();
            from.resume();
          });
        }
      }
    });
  }
}
