package dev.keyway.server.authz;

import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.product.Products;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.door.Elsewhere;
import dev.keyway.server.door.IdentityTokens;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.EventLoops;
import dev.keyway.server.http.OpenConnections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * The listener that Envoy asks before it lets a request pass: {@code
 * envoy.service.auth.v3.Authorization} over gRPC. Its methods block and are for the program's own
 * thread, not for an event loop.
 */
public final class ExtAuthzListener {
  private final Vertx vertx;
  private final ExtAuthzParts parts;
  private final List<ExtAuthzVerticle> shares = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new ArrayList<>();

  /**
   * A listener that does not listen yet.
   *
   * @param slots by which an allowed key is looked at once more before the answer
   * @param ready what Envoy's health checks are told; must answer at once
   */
  public ExtAuthzListener(
      ExtAuthzConfig config,
      Products products,
      Verifier verifier,
      ChangeSlots slots,
      IdentityTokens identities,
      ExtAuthzMetrics metrics,
      BooleanSupplier ready) {
    this.vertx = EventLoops.start(config.eventLoops());
    this.parts =
        new ExtAuthzParts(
            config,
            products,
            verifier,
            slots,
            new Refusals(config.controlUrl()),
            identities,
            new Elsewhere(),
            metrics,
            new OpenConnections(config.maxConnections()),
            ready);
  }

  /**
   * Starts listening.
   *
   * @return the port
   * @throws IllegalStateException when the address cannot be bound
   */
  public int start() {
    ExtAuthzConfig config = parts.config();
    SocketAddress address = EventLoops.commonAddress(config.host(), config.port());
    for (int i = 0; i < config.eventLoops(); i++) {
      var share = new ExtAuthzVerticle(parts, address);
      deployments.add(deploy(share));
      shares.add(share);
    }
    return shares.getFirst().actualPort();
  }

  /** The connections of proxies. */
  public OpenConnections connections() {
    return parts.connections();
  }

  private String deploy(ExtAuthzVerticle share) {
    try {
      return vertx.deployVerticle(share).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      var config = parts.config();
      Throwable cause = e.getCause();
      throw new IllegalStateException(
          "ext_authz cannot listen on %s port %d: %s"
              .formatted(config.host(), config.port(), (cause == null ? e : cause).getMessage()),
          e);
    }
  }

  /**
   * Shows another certificate to those who connect from now on.
   *
   * @throws IllegalStateException when that fails; the old one then stays
   */
  public void use(Certificate certificate) {
    try {
      // The shares are one server to Vert.x, so any of them speaks for all.
      shares.getFirst().use(certificate).await();
    } catch (Exception e) {
      throw new IllegalStateException("ext_authz kept its certificate", e);
    }
  }

  /** Sends proxies elsewhere, answers what still comes for so long at most, and hangs up. */
  public void drain(Duration patience) {
    List<Future<Void>> drains = new ArrayList<>();
    for (ExtAuthzVerticle share : shares) {
      drains.add(share.drain(patience.toMillis()));
    }
    Future.join(drains).await();
  }

  /** Stops at once; {@link #drain} is the gentle way, and comes first. */
  public void stop() {
    for (String deployment : deployments) {
      vertx.undeploy(deployment).await();
    }
    deployments.clear();
    shares.clear();
    parts.elsewhere().close();
    vertx.close().await();
  }
}
