package dev.keyway.server.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Ends connections in a way that Vert.x does not offer.
 *
 * <p>Its own {@code close} first writes what is still queued, and waits for a slow peer while doing
 * so. After a revoke nothing more may pass and nobody may be waited for (ALL-3), so the channel is
 * closed under Vert.x, and the operating system is told to drop what it holds (RFC 9293, 3.10.4:
 * abort).
 */
final class Connections {
  private static final AttributeKey<Object> OWNER = AttributeKey.valueOf("keyway.owner");
  private static final AttributeKey<Boolean> ENDING = AttributeKey.valueOf("keyway.ending");

  private Connections() {}

  /** Prepares a new connection to an upstream. */
  static void skipInterimAnswers(HttpConnection connection) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    pipeline.addBefore("handler", "interim", new InterimAnswers());
  }

  /** Says who uses a pooled connection now. */
  static void own(HttpConnection connection, Object owner) {
    ((ConnectionBase) connection).channel().attr(OWNER).set(owner);
  }

  /**
   * Aborts a pooled connection unless somebody else has it by now: Vert.x gives it on as soon as an
   * answer has been read, which may be long before a slow client has taken it.
   */
  static void abortIfOwned(HttpConnection connection, Object owner) {
    if (owner.equals(((ConnectionBase) connection).channel().attr(OWNER).get())) {
      abort(connection);
    }
  }

  /** Says that the answer now under way is a client's last; what follows on it is no request. */
  static void markEnding(HttpConnection connection) {
    ((ConnectionBase) connection).channel().attr(ENDING).set(true);
  }

  static boolean isEnding(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().hasAttr(ENDING);
  }

  /** Runs something when a connection is closed, whatever has become of it by then. */
  static void whenClosed(HttpConnection connection, Runnable work) {
    ((ConnectionBase) connection).channel().closeFuture().addListener(_ -> work.run());
  }

  /** Aborts a connection; must be called on its event loop. When this returns it is silent. */
  static void abort(HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channel();
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException e) {
      // The peer was faster; there is no socket left to drop anything from.
    }
    // Not through the pipeline: a TLS handler would flush its farewell to a peer that reads slowly.
    Channel.Unsafe unsafe = channel.unsafe();
    unsafe.close(unsafe.voidPromise());
  }
}
