package dev.keyway.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * A body that many clients are sent from one piece of memory.
 *
 * <p>What lies on the heap is copied for each answer and stays until it is written: anybody who
 * asks for a large file on many connections, and reads none of them, would fill the memory. Of this
 * an answer holds a reference. Under TLS what is encrypted and not yet sent is still its own.
 */
public final class SharedBody {
  private final byte[] bytes;
  private final ByteBuf memory;

  /** A body; whoever made the bytes must not change them again. */
  public SharedBody(byte[] bytes) {
    this.bytes = bytes;
    this.memory =
        Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(bytes.length, bytes.length).writeBytes(bytes).asReadOnly());
  }

  byte[] bytes() {
    return bytes;
  }

  /** The bytes for one answer. */
  Buffer buffer() {
    return BufferInternal.buffer(memory.duplicate());
  }
}
