package dev.keyway.server.gateway;

import dev.keyway.server.http.ClientConnections;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the gateway: a server on the common port, a client, a handler. */
final class GatewayVerticle extends VerticleBase {
  private final GatewayParts parts;
  private final SocketAddress address;
  private @Nullable HttpServer server;
  private @Nullable HttpClient client;

  /**
   * A share.
   *
   * @param address the same for all shares
   */
  GatewayVerticle(GatewayParts parts, SocketAddress address) {
    this.parts = parts;
    this.address = address;
  }

  @Override
  public Future<?> start() {
    var deadlines = new Deadlines();
    HttpClient newClient = vertx.createHttpClient(parts.clientOptions(), parts.poolOptions());
    client = newClient;
    Loop loop = parts.loop(context, newClient, deadlines);
    vertx.setPeriodic(Deadlines.TICK_MILLIS, _ -> deadlines.tick());
    var config = parts.config();
    var clients =
        new ClientConnections(
            config.clientPatience(), config.trustedProxies(), parts.connections());
    vertx.setPeriodic(ClientConnections.SWEEP_MILLIS, _ -> clients.sweep());
    HttpServer newServer =
        vertx
            .createHttpServer(parts.serverOptions())
            .connectionHandler(clients::open)
            .requestHandler(new GatewayHandler(loop, parts.doors(), clients))
            .invalidRequestHandler(
                request -> refuse(new Call(request, clients.begin(request)), loop.refusals()));
    server = newServer;
    return newServer.listen(address);
  }

  /** The port it listens on. */
  int actualPort() {
    HttpServer started = server;
    return started == null ? 0 : started.actualPort();
  }

  /** Accepts nothing more and lets what is under way end, for so long at most. */
  Future<Void> drain(long patienceMillis) {
    HttpServer started = server;
    return started == null
        ? Future.succeededFuture()
        : started.shutdown(patienceMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public Future<?> stop() {
    HttpClient started = client;
    return started == null ? Future.succeededFuture() : started.close();
  }

  private static void refuse(Call call, Refusals refusals) {
    Throwable cause = call.request().decoderResult().cause();
    boolean isTooLong =
        cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
    refusals.sendLast(call, isTooLong ? refusals.tooLarge : refusals.malformed);
  }
}
