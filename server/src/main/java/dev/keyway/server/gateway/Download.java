package dev.keyway.server.gateway;

import dev.keyway.server.door.Call;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * Passes an upstream's answer to the client: each chunk as it comes, no faster than the client
 * takes it.
 */
final class Download {
  private static final long UNKNOWN = -1;

  private final ProxyExchange exchange;
  private final Call call;
  private final HttpClientResponse from;
  private final HttpServerResponse to;
  private final Context context;
  private long remaining = UNKNOWN;
  private boolean ended;
  private boolean paused;

  Download(ProxyExchange exchange, Call call, HttpClientResponse from, Context context) {
    this.exchange = exchange;
    this.call = call;
    this.from = from;
    this.to = call.request().response();
    this.context = context;
  }

  void start() {
    to.setStatusCode(from.statusCode());
    String length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      to.headers().set(HttpHeaders.CONTENT_LENGTH, length);
    }
    from.exceptionHandler(_ -> exchange.breakOff());
    from.endHandler(_ -> end());
    if (hasBody()) {
      if (length == null) {
        to.setChunked(true);
        if (isOld()) {
          call.makeLast();
        }
      } else {
        remaining = Long.parseLong(length);
      }
      from.handler(this::pass);
      // The first chunk mostly came with the head and takes it along; otherwise it goes alone, for
      // a client must see at once that a stream has begun.
      context.runOnContext(_ -> writeHead());
    }
  }

  private boolean hasBody() {
    int status = from.statusCode();
    return !call.isHead() && status != 204 && status != 304;
  }

  private void writeHead() {
    boolean isFramed = remaining != UNKNOWN || call.request().version() != HttpVersion.HTTP_1_0;
    if (!ended && isFramed && !to.headWritten() && exchange.mayPass()) {
      to.writeHead();
    }
  }

  private void pass(Buffer chunk) {
    if (ended || !exchange.mayPass()) {
      return;
    }
    if (remaining != UNKNOWN) {
      remaining -= chunk.length();
      if (remaining == 0) {
        complete(to.end(chunk));
        return;
      }
    }
    to.write(chunk);
    if (to.writeQueueFull()) {
      pause();
    }
  }

  private void pause() {
    from.pause();
    exchange.stalled();
    if (!paused) {
      paused = true;
      to.drainHandler(_ -> resume());
    }
  }

  private void resume() {
    exchange.flowing();
    from.resume();
  }

  private void end() {
    if (!ended && exchange.mayPass()) {
      complete(to.end());
    }
  }

  private void complete(Future<Void> written) {
    ended = true;
    written.onComplete(_ -> {
      exchange.complete();
      if (remaining == UNKNOWN && hasBody() && isOld()) {
        // Only the end of the connection tells such a client that this was all.
        call.request().connection().close();
      }
    });
  }

  private boolean isOld() {
    return call.request().version() == HttpVersion.HTTP_1_0;
  }
}
