package dev.keyway.server.authz;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One gRPC call with one message in and one out, over HTTP/2 (grpc.io, "gRPC over HTTP2"). It is
 * answered once; what comes when it has been answered or the client has gone is dropped.
 */
final class GrpcCall {
  /** Envoy sends at most 60 KiB of headers unless it is told otherwise, and no body. */
  static final int MOST_MESSAGE_BYTES = 128 * 1024;

  /** Envoy sends head and message together. */
  private static final long MESSAGE_PATIENCE_MILLIS = 10_000;

  private static final int PREFIX_BYTES = 5;
  private static final CharSequence STATUS = HttpHeaders.createOptimized("grpc-status");
  private static final CharSequence MESSAGE = HttpHeaders.createOptimized("grpc-message");
  private static final CharSequence ACCEPTED = HttpHeaders.createOptimized("grpc-accept-encoding");
  private static final CharSequence IDENTITY = HttpHeaders.createOptimized("identity");
  private static final CharSequence GRPC = HttpHeaders.createOptimized("application/grpc");

  private final HttpServerRequest request;
  private final long begunNanos = System.nanoTime();
  private final long timeoutNanos;
  private final Buffer received = Buffer.buffer();
  private @Nullable Runnable atEnd;
  private boolean isOver;

  GrpcCall(HttpServerRequest request) {
    this.request = request;
    this.timeoutNanos = GrpcTimeout.nanos(request.getHeader(GrpcTimeout.HEADER));
  }

  /** Reads the message and hands it on, unless it is none. */
  void receive(Consumer<byte[]> then) {
    request.exceptionHandler(_ -> end());
    request.response().exceptionHandler(_ -> end());
    request.response().closeHandler(_ -> end());
    request.handler(this::append);
    Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
    long timer =
        vertx.setTimer(
            MESSAGE_PATIENCE_MILLIS,
            _ -> fail(GrpcStatus.DEADLINE_EXCEEDED, "the message did not arrive in time"));
    whenOver(() -> vertx.cancelTimer(timer));
    request.endHandler(_ -> {
      vertx.cancelTimer(timer);
      received(then);
    });
  }

  /** Whether an answer would reach nobody. */
  boolean isOver() {
    return isOver;
  }

  /** Does something once it is answered or the client has gone. */
  void whenOver(Runnable then) {
    atEnd = then;
  }

  /** How long the client goes on waiting; the greatest long when it has not said. */
  long remainingNanos() {
    return timeoutNanos == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : Math.max(0, timeoutNanos - (System.nanoTime() - begunNanos));
  }

  /** Where the client is. */
  String peer() {
    var address = request.remoteAddress();
    String text = address == null ? null : address.hostAddress();
    return text == null ? "unknown" : text;
  }

  /** Answers with a message. */
  void answer(byte[] message) {
    if (isOver) {
      return;
    }
    end();
    HttpServerResponse response = request.response();
    response.headers().set(HttpHeaders.CONTENT_TYPE, GRPC);
    response.putTrailer(STATUS, GrpcStatus.OK.text());
    Buffer framed =
        Buffer.buffer(PREFIX_BYTES + message.length)
            .appendByte((byte) 0)
            .appendInt(message.length)
            .appendBytes(message);
    var _ = response.end(framed);
  }

  /**
   * Ends it without a message.
   *
   * @param reason in ASCII, without a percent sign
   */
  void fail(GrpcStatus status, String reason) {
    if (isOver) {
      return;
    }
    end();
    HttpServerResponse response = request.response();
    response
        .headers()
        .set(HttpHeaders.CONTENT_TYPE, GRPC)
        .set(ACCEPTED, IDENTITY)
        .set(STATUS, status.text())
        .set(MESSAGE, reason);
    var _ = response.end();
  }

  private void end() {
    isOver = true;
    Runnable then = atEnd;
    if (then != null) {
      atEnd = null;
      then.run();
    }
  }

  private void append(Buffer chunk) {
    if (isOver) {
      return;
    }
    received.appendBuffer(chunk);
    if (received.length() > PREFIX_BYTES + MOST_MESSAGE_BYTES) {
      fail(
          GrpcStatus.RESOURCE_EXHAUSTED,
          "the message is longer than 128 KiB; bodies of requests need not be sent");
    }
  }

  private void received(Consumer<byte[]> then) {
    if (isOver) {
      return;
    }
    Buffer all = received;
    if (all.length() < PREFIX_BYTES || all.getUnsignedInt(1) != all.length() - PREFIX_BYTES) {
      fail(GrpcStatus.INVALID_ARGUMENT, "exactly one message is expected");
    } else if (all.getByte(0) != 0) {
      fail(GrpcStatus.UNIMPLEMENTED, "messages must not be compressed");
    } else {
      then.accept(all.getBytes(PREFIX_BYTES, all.length()));
    }
  }
}
