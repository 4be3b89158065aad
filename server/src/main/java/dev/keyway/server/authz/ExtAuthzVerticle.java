package dev.keyway.server.authz;

import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.Farewell;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the listener: a server on the common port, and its doors. */
final class ExtAuthzVerticle extends VerticleBase {
  private static final String CHECK = "/envoy.service.auth.v3.Authorization/Check";
  private static final String HEALTH = "/grpc.health.v1.Health/Check";
  private static final long LOOK_MILLIS = 50;

  /** {@code HealthCheckResponse.status}: SERVING and NOT_SERVING. */
  private static final byte[] SERVING = new ProtobufWriter().number(1, 1).toBytes();

  private static final byte[] NOT_SERVING = new ProtobufWriter().number(1, 2).toBytes();

  private final ExtAuthzParts parts;
  private final SocketAddress address;
  private final ExtAuthzConnections connections;
  private @Nullable HttpServer server;

  /**
   * A share.
   *
   * @param address the same for all shares
   */
  ExtAuthzVerticle(ExtAuthzParts parts, SocketAddress address) {
    this.parts = parts;
    this.address = address;
    this.connections = new ExtAuthzConnections(parts.config().peers(), parts.connections());
  }

  @Override
  public Future<?> start() {
    var checks = new ExtAuthzHandler(parts, context);
    var calls = new GrpcHandler(vertx, Map.of(CHECK, checks::handle, HEALTH, this::tellHealth));
    HttpServer newServer =
        vertx
            .createHttpServer(parts.serverOptions())
            .connectionHandler(connections::open)
            .requestHandler(request -> {
              connections.called(request.connection());
              calls.handle(request);
            });
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

  /** Sends proxies elsewhere and lets what is under way end, for so long at most. */
  Future<Void> drain(long patienceMillis) {
    HttpServer started = server;
    if (started == null) {
      return Future.succeededFuture();
    }
    long grace = Math.min(patienceMillis, Farewell.IDLE_GRACE.toMillis());
    Promise<Void> told = Promise.promise();
    context.runOnContext(_ -> {
      connections.drain();
      awaitEmpty(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(grace), told);
    });
    return told.future().compose(_ -> started.shutdown(patienceMillis, TimeUnit.MILLISECONDS));
  }

  private void awaitEmpty(long lastNanos, Promise<Void> told) {
    if (connections.isEmpty() || System.nanoTime() - lastNanos >= 0) {
      told.complete();
    } else {
      vertx.setTimer(LOOK_MILLIS, _ -> awaitEmpty(lastNanos, told));
    }
  }

  /** Answers Envoy's {@code grpc_health_check}, whatever service it asks about. */
  private void tellHealth(GrpcCall call, byte[] message) {
    call.answer(parts.ready().getAsBoolean() ? SERVING : NOT_SERVING);
  }
}
