package dev.keyway.server.gateway;

import dev.keyway.core.installation.InstallationSecrets;
import dev.keyway.core.product.Products;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.door.Elsewhere;
import dev.keyway.server.door.IdentityTokens;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.EventLoops;
import dev.keyway.server.http.OpenConnections;
import dev.keyway.server.mcp.McpSessionIds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The gateway: the listener behind which products' upstreams stand. Its methods block and are for
 * the program's own thread, not for an event loop.
 */
public final class GatewayListener {
  private static final long SWEEP_MILLIS = 250;

  /** How long before the end of its patience a drain counts what it will have to end. */
  private static final long LAST_LOOK_MILLIS = 50;

  private final Vertx vertx;
  private final GatewayParts parts;
  private final List<GatewayVerticle> shares = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new ArrayList<>();
  private long sweep;

  public GatewayListener(
      GatewayConfig config,
      Products products,
      Verifier verifier,
      OpenExchanges exchanges,
      InstallationSecrets secrets,
      IdentityTokens identities,
      GatewayMetrics metrics,
      InstantSource clock) {
    this.vertx = EventLoops.start(config.eventLoops());
    this.parts =
        new GatewayParts(
            config,
            products,
            verifier,
            exchanges,
            RefusalSender.toClients(new Refusals(config.controlUrl()), metrics.unknownProduct()),
            new McpSessionIds(secrets.get(InstallationSecrets.MCP_SESSIONS)),
            identities,
            new Elsewhere(),
            metrics,
            new OpenConnections(config.maxClients()),
            clock);
  }

  /**
   * Starts listening.
   *
   * @return the port
   * @throws IllegalStateException when the address cannot be bound
   */
  public int start() {
    GatewayConfig config = parts.config();
    SocketAddress address = EventLoops.commonAddress(config.host(), config.port());
    for (int i = 0; i < config.eventLoops(); i++) {
      var share = new GatewayVerticle(parts, address);
      deployments.add(deploy(share));
      shares.add(share);
    }
    sweep =
        vertx.setPeriodic(SWEEP_MILLIS, _ -> parts.exchanges().cutExpired(parts.clock().millis()));
    return shares.getFirst().actualPort();
  }

  /** The connections of clients. */
  public OpenConnections connections() {
    return parts.connections();
  }

  private String deploy(GatewayVerticle share) {
    try {
      return vertx.deployVerticle(share).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      var config = parts.config();
      Throwable cause = e.getCause();
      throw new IllegalStateException(
          "the gateway cannot listen on %s port %d: %s"
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
      throw new IllegalStateException("the gateway kept its certificate", e);
    }
  }

  /**
   * Accepts nothing more, waits for open exchanges for so long at most, and ends the others.
   *
   * @return how many had to be ended
   */
  public int drain(Duration patience) {
    var left = new AtomicInteger();
    long lastLook = Math.max(1, patience.toMillis() - LAST_LOOK_MILLIS);
    long timer = vertx.setTimer(lastLook, _ -> left.set(parts.exchanges().size()));
    List<Future<Void>> drains = new ArrayList<>();
    for (GatewayVerticle share : shares) {
      drains.add(share.drain(patience.toMillis()));
    }
    Future.join(drains).await();
    vertx.cancelTimer(timer);
    return left.get();
  }

  /** Stops at once; {@link #drain} is the gentle way, and comes first. */
  public void stop() {
    vertx.cancelTimer(sweep);
    for (String deployment : deployments) {
      vertx.undeploy(deployment).await();
    }
    deployments.clear();
    shares.clear();
    parts.elsewhere().close();
    vertx.close().await();
  }
}
