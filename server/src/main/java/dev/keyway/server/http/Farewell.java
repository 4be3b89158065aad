package dev.keyway.server.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How a node that stops parts from its clients without losing a request (RFC 9112, 9.6): each
 * connection gets one more answer, which says {@code Connection: close}, and is closed behind it.
 *
 * <p>Vert.x alone closes every idle connection at the moment its listener closes. A request that
 * was just on its way over one of them would be lost, and the client could not know whether it was
 * done.
 */
public final class Farewell {
  /** How long an idle connection is kept for a request that may be on its way. */
  public static final Duration IDLE_GRACE = Duration.ofSeconds(1);

  private Farewell() {}

  /** Keeps a connection open when its listener closes; whoever calls this has to close it. */
  public static void keepOpen(HttpConnection connection) {
    ((ConnectionBase) connection).channel().pipeline().addFirst(KeptOpen.INSTANCE);
  }

  /**
   * Makes a request's answer the last one on its connection, if the client can still be told so:
   * one whose head is sent already promised to take another request. Must be called on the
   * connection's event loop.
   *
   * @param patienceMillis when to close at the latest
   */
  public static void makeLast(HttpServerRequest request, long patienceMillis) {
    if (Wishes.isWebSocket(request)) {
      // It may be about to become something else than HTTP, which has no last answer.
      return;
    }
    if (request.response().headWritten()) {
      return;
    }
    LastAnswer.promise(request);
    var _ = request.connection().shutdown(patienceMillis, TimeUnit.MILLISECONDS);
  }

  /** Hides from Vert.x that the listener closes. */
  @Sharable
  private static final class KeptOpen extends ChannelInboundHandlerAdapter {
    static final KeptOpen INSTANCE = new KeptOpen();

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (!(event instanceof ShutdownEvent)) {
        context.fireUserEventTriggered(event);
      }
    }
  }
}
