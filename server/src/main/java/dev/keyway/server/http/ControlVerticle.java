package dev.keyway.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the control listener: a server on the common port. */
final class ControlVerticle extends VerticleBase {
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;

  private final Conversations.Common common;
  private final SocketAddress address;
  private final LoopDoor door;
  private final ClientConnections clients;
  private LoopDoor.@Nullable Answering opened;
  private @Nullable HttpServer server;

  /**
   * A share.
   *
   * @param address the same for all shares
   */
  ControlVerticle(
      Conversations.Common common,
      SocketAddress address,
      LoopDoor door,
      OpenConnections connections) {
    this.common = common;
    this.address = address;
    this.door = door;
    ListenerConfig config = common.config();
    this.clients =
        new ClientConnections(
            config.headPatience(), config.trustedProxies(), config.internalNetworks(), connections);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(ClientConnections.SWEEP_MILLIS, _ -> clients.sweep());
    var conversations = new Conversations(vertx, clients, common);
    HttpServer newServer =
        vertx
            .createHttpServer(options())
            .connectionHandler(clients::open)
            .requestHandler(request -> {
              if (!opened().answers(request)) {
                conversations.begin(request);
              }
            })
            .invalidRequestHandler(conversations::refuseInvalid);
    server = newServer;
    return newServer.listen(address);
  }

  /** The port it listens on; 0 before it does. */
  int actualPort() {
    HttpServer started = server;
    return started == null ? 0 : started.actualPort();
  }

  /** Shows another certificate to those who connect from now on. */
  Future<?> use(Certificate certificate) {
    HttpServer started = server;
    return started == null
        ? Future.succeededFuture()
        : started.updateSSLOptions(certificate.options());
  }

  /** Accepts nothing more and lets what is under way end, for so long at most. */
  Future<Void> drain(long patienceMillis) {
    HttpServer started = server;
    if (started == null) {
      return Future.succeededFuture();
    }
    Promise<Void> told = Promise.promise();
    context.runOnContext(_ -> {
      clients.drain(patienceMillis);
      clients.closeIdle();
      vertx.setPeriodic(Farewell.IDLE_GRACE.toMillis(), _ -> clients.closeIdle());
      told.complete();
    });
    return told.future().compose(_ -> started.shutdown(patienceMillis, TimeUnit.MILLISECONDS));
  }

  /** With the first request, because only then the listener's own address is sure to be known. */
  private LoopDoor.Answering opened() {
    LoopDoor.Answering known = opened;
    if (known == null) {
      known = door.open(context, clients);
      opened = known;
    }
    return known;
  }

  private HttpServerOptions options() {
    var options =
        new HttpServerOptions()
            // All writes come from the loop itself, so none has to be queued for it.
            .setStrictThreadMode(true)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);
    Certificate certificate = common.config().certificate();
    if (certificate != null) {
      certificate.applyTo(options);
    }
    return options;
  }
}
