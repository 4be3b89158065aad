package dev.keyway.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
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
public final class Aborts {
  private Aborts() {}

  /** Aborts a connection; must be called on its event loop. When this returns it is silent. */
  public static void abort(HttpConnection connection) {
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
