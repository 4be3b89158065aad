package dev.keyway.server.gateway;

import dev.keyway.server.http.Aborts;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Connections to upstreams, and who uses each of them. */
final class Connections {
  private static final AttributeKey<Object> OWNER = AttributeKey.valueOf("keyway.owner");

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
      Aborts.abort(connection);
    }
  }
}
