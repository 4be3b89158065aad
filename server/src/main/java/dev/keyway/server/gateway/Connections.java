package dev.keyway.server.gateway;

import dev.keyway.server.http.Aborts;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** What is noted on a connection itself, where everyone finds it who has the connection. */
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
      Aborts.abort(connection);
    }
  }

  /** Says that the answer now under way is a client's last; what follows on it is no request. */
  static void markEnding(HttpConnection connection) {
    ((ConnectionBase) connection).channel().attr(ENDING).set(true);
  }

  static boolean isEnding(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().hasAttr(ENDING);
  }
}
