package dev.keyway.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The listener for the management API, health and metrics.
 *
 * <p>HTTP/1.1 only: management is no heavy traffic, and one protocol has one set of faults.
 */
public final class ControlListener implements AutoCloseable {
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  private static final int IDLE_SECONDS = 75;
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final ListenerConfig config;
  private final CallObserver observer;
  private final OpenConnections connections;
  private final ClientConnections clients;
  private @Nullable HttpServer server;

  /**
   * A listener that is not started yet.
   *
   * @param observer is told of each answer
   */
  public ControlListener(ListenerConfig config, CallObserver observer) {
    this.config = config;
    this.observer = observer;
    this.connections = new OpenConnections(config.maxConnections());
    this.clients =
        new ClientConnections(config.headPatience(), config.trustedProxies(), connections);
    // No files are served, so Vert.x needs no cache folder.
    var files =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    this.vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setFileSystemOptions(files));
  }

  /**
   * Binds the port and answers by the table from then on.
   *
   * @throws IllegalStateException when the address cannot be bound
   */
  public void start(Routes routes) {
    var answers = new Answers(this::publicUrl);
    var threads = new VirtualThreads(config.maxConcurrent(), answers, observer);
    vertx.setPeriodic(ClientConnections.SWEEP_MILLIS, _ -> clients.sweep());
    var conversations =
        new Conversations(
            vertx, config, clients, routes, threads, answers, observer, this::publicUrl);
    HttpServer started =
        vertx
            .createHttpServer(options())
            .connectionHandler(clients::open)
            .requestHandler(conversations::begin)
            .invalidRequestHandler(conversations::refuseInvalid);
    this.server = started;
    try {
      await(started.listen(config.port(), config.host()), START_PATIENCE);
    } catch (ExecutionException | TimeoutException e) {
      vertx.close();
      throw new IllegalStateException(
          "the control listener cannot listen on %s port %d: %s"
              .formatted(config.host(), config.port(), reason(e)),
          e);
    }
  }

  /** The connections of clients. */
  public OpenConnections connections() {
    return connections;
  }

  /** The port bound; only after {@link #start}. */
  public int port() {
    return started().actualPort();
  }

  /** The public URL, without a slash at its end; only after {@link #start} unless configured. */
  public String publicUrl() {
    String configured = config.publicUrl();
    if (configured != null) {
      return configured;
    }
    String host = config.host().indexOf(':') < 0 ? config.host() : "[" + config.host() + "]";
    return (config.certificate() == null ? "http://" : "https://") + host + ":" + port();
  }

  /**
   * Shows another certificate to those who connect from now on.
   *
   * @throws IllegalStateException when that fails; the old one then stays
   */
  public void use(Certificate certificate) {
    try {
      await(started().updateSSLOptions(certificate.options()), START_PATIENCE);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the control listener kept its certificate", e);
    }
  }

  /** Takes no new connections, lets calls under way end for so long, then closes. */
  public void drain(Duration patience) {
    HttpServer listening = server;
    if (listening != null) {
      long millis = patience.toMillis();
      try {
        await(
            onLoop(() -> clients.drain(millis))
                .compose(_ -> listening.shutdown(millis, TimeUnit.MILLISECONDS)),
            patience.plus(START_PATIENCE));
      } catch (ExecutionException | TimeoutException e) {
        // What did not end by itself is closed below.
      }
    }
    close();
  }

  /** Runs where the connections are, and closes those without a call a little later. */
  private Future<Void> onLoop(Runnable work) {
    Promise<Void> done = Promise.promise();
    // All contexts share the one event loop.
    vertx
        .getOrCreateContext()
        .runOnContext(_ -> {
          work.run();
          clients.closeIdle();
          vertx.setPeriodic(Farewell.IDLE_GRACE.toMillis(), _ -> clients.closeIdle());
          done.complete();
        });
    return done.future();
  }

  @Override
  public void close() {
    try {
      await(vertx.close(), START_PATIENCE);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the control listener did not close", e);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  private HttpServer started() {
    if (server == null) {
      throw new IllegalStateException("the control listener is not started");
    }
    return server;
  }

  private HttpServerOptions options() {
    var options =
        new HttpServerOptions()
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    Certificate certificate = config.certificate();
    if (certificate != null) {
      certificate.applyTo(options);
    }
    return options;
  }

  private static void await(Future<?> future, Duration patience)
      throws ExecutionException, TimeoutException {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the control listener changed", e);
    }
  }
}
