package dev.keyway.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The listener for the management API, forward-auth, health and metrics.
 *
 * <p>HTTP/1.1 only: management is no heavy traffic, proxies ask over connections that stay open,
 * and one protocol has one set of faults.
 */
public final class ControlListener implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final ListenerConfig config;
  private final CallObserver observer;
  private final OpenConnections connections;
  private final List<ControlVerticle> shares = new CopyOnWriteArrayList<>();

  /**
   * A listener that is not started yet.
   *
   * @param observer is told of each answer
   */
  public ControlListener(ListenerConfig config, CallObserver observer) {
    this.config = config;
    this.observer = observer;
    this.connections = new OpenConnections(config.maxConnections());
    this.vertx = EventLoops.start(config.eventLoops());
  }

  /**
   * Binds the port and answers by the table from then on.
   *
   * @throws IllegalStateException when the address cannot be bound
   */
  public void start(Routes routes) {
    start(routes, LoopDoor.NONE);
  }

  /**
   * Binds the port and answers from then on by the door, and by the table what does not come to
   * that.
   *
   * @throws IllegalStateException when the address cannot be bound
   */
  public void start(Routes routes, LoopDoor door) {
    var answers = new Answers(this::publicUrl);
    var common =
        new Conversations.Common(
            config,
            routes,
            new VirtualThreads(config.maxConcurrent(), answers, observer),
            answers,
            observer,
            this::publicUrl,
            BodyBudget.ofThisProcess());
    SocketAddress address = EventLoops.commonAddress(config.host(), config.port());
    for (int i = 0; i < config.eventLoops(); i++) {
      var share = new ControlVerticle(common, address, door, connections);
      shares.add(share);
      deploy(share);
    }
  }

  private void deploy(ControlVerticle share) {
    try {
      await(vertx.deployVerticle(share), START_PATIENCE);
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
      // The shares are one server to Vert.x, so any of them speaks for all.
      await(started().use(certificate), START_PATIENCE);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the control listener kept its certificate", e);
    }
  }

  /** Takes no new connections, lets calls under way end for so long, then closes. */
  public void drain(Duration patience) {
    List<Future<Void>> drains =
        shares.stream().map(share -> share.drain(patience.toMillis())).toList();
    try {
      await(Future.join(drains), patience.plus(START_PATIENCE));
    } catch (ExecutionException | TimeoutException e) {
      // What did not end by itself is closed below.
    }
    close();
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

  private ControlVerticle started() {
    if (shares.isEmpty()) {
      throw new IllegalStateException("the control listener is not started");
    }
    return shares.getFirst();
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
