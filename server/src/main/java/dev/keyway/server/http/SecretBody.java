package dev.keyway.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;

/**
 * The body of the one answer that carries a secret, in memory of its own.
 *
 * <p>Netty copies what lies on the heap into a pooled buffer before it writes, and the pool would
 * keep the secret for whoever gets that piece of it next. A direct buffer is written as it is; this
 * one comes from no pool and is overwritten when the write has ended, well or not (ALL-1). Under
 * TLS the secret passes through the engine's buffers nevertheless.
 */
final class SecretBody {
  private SecretBody() {}

  /** Ends the response with these bytes, which are zero afterwards. */
  static void sendTo(HttpServerResponse out, byte[] body) {
    ByteBuf memory = Unpooled.directBuffer(body.length, body.length).writeBytes(body);
    Arrays.fill(body, (byte) 0);
    out.end(BufferInternal.buffer(memory)).onComplete(_ -> erase(memory));
  }

  private static void erase(ByteBuf memory) {
    memory.setZero(0, memory.capacity());
    memory.release();
  }
}
