package dev.keyway.server.gateway;

import dev.keyway.server.door.Call;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.ClientConnections;
import dev.keyway.server.http.Farewell;
import dev.keyway.server.http.LastAnswer;
import dev.keyway.server.http.Networks;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the gateway: a server on the common port, a client, a handler. */
final class GatewayVerticle extends VerticleBase {
  private final GatewayParts parts;
  private final SocketAddress address;
  private final ClientConnections clients;
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
    var config = parts.config();
    this.clients =
        new ClientConnections(
            config.clientPatience(), config.trustedProxies(), Networks.NONE, parts.connections());
  }

  @Override
  public Future<?> start() {
    var deadlines = new Deadlines();
    HttpClient newClient =
        vertx
            .httpClientBuilder()
            .with(parts.clientOptions())
            .with(parts.poolOptions())
            .withConnectHandler(Connections::skipInterimAnswers)
            .build();
    client = newClient;
    Loop loop = parts.loop(context, newClient, deadlines);
    vertx.setPeriodic(Deadlines.TICK_MILLIS, _ -> deadlines.tick());
    vertx.setPeriodic(ClientConnections.SWEEP_MILLIS, _ -> clients.sweep());
    HttpServer newServer =
        vertx
            .createHttpServer(parts.serverOptions())
            .connectionHandler(clients::open)
            .requestHandler(new GatewayHandler(loop, parts.doors(), clients))
            .invalidRequestHandler(request -> refuse(request, loop.refuser()));
    server = newServer;
    return newServer.listen(address);
  }

  /** The port it listens on. */
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

  @Override
  public Future<?> stop() {
    HttpClient started = client;
    return started == null ? Future.succeededFuture() : started.close();
  }

  private void refuse(HttpServerRequest request, RefusalSender refuser) {
    if (LastAnswer.drops(request)) {
      return;
    }
    var call = new Call(request, clients.begin(request));
    Throwable cause = request.decoderResult().cause();
    boolean isTooLong =
        cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
    Refusals refusals = refuser.refusals();
    refuser.sendLast(call, isTooLong ? refusals.tooLarge : refusals.malformed);
  }
}
