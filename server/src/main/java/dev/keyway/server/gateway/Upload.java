package dev.keyway.server.gateway;

import dev.keyway.server.door.Call;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Passes a request's body to the upstream, no faster than the upstream takes it. */
final class Upload {
  private final ProxyExchange exchange;
  private final Call call;
  private final HttpServerRequest from;
  private final HttpClientRequest to;
  private boolean done;
  private boolean waitsForUpstream;

  Upload(ProxyExchange exchange, Call call, HttpClientRequest to) {
    this.exchange = exchange;
    this.call = call;
    this.from = call.request();
    this.to = to;
  }

  void start() {
    String length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      to.setChunked(true);
    } else {
      to.putHeader(HttpHeaders.CONTENT_LENGTH, length);
    }
    // Without one, Vert.x logs every failed upload; the failure itself comes by the response.
    to.exceptionHandler(_ -> stop());
    if (call.expectsContinue()) {
      to.putHeader(HttpHeaders.EXPECT, HttpHeaders.CONTINUE);
      to.continueHandler(_ -> from.response().writeContinue());
      to.sendHead();
    }
    to.drainHandler(_ -> resume());
    from.handler(this::pass);
    from.endHandler(_ -> end());
    from.resume();
  }

  /** Whether the whole body has been handed over. */
  boolean isDone() {
    return done;
  }

  /** Whether it is the client that keeps the upstream waiting. */
  boolean waitsForClient() {
    return !done && !waitsForUpstream;
  }

  private void pass(Buffer chunk) {
    if (done || !exchange.mayPass()) {
      return;
    }
    to.write(chunk);
    exchange.progress();
    if (to.writeQueueFull()) {
      waitsForUpstream = true;
      from.pause();
    }
  }

  private void resume() {
    if (waitsForUpstream) {
      waitsForUpstream = false;
      from.resume();
    }
  }

  private void end() {
    if (!done && exchange.mayPass()) {
      done = true;
      to.end();
      exchange.progress();
    }
  }

  private void stop() {
    from.handler(null);
    from.endHandler(null);
  }
}
