package dev.keyway.server.gateway;

import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Upstream;
import dev.keyway.core.verify.OpenExchanges;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.door.Doors;
import dev.keyway.server.door.Elsewhere;
import dev.keyway.server.door.IdentityTokens;
import dev.keyway.server.door.RefusalSender;
import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.OpenConnections;
import dev.keyway.server.mcp.McpSessionIds;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.InstantSource;

/** What the event loops of one gateway have in common, and how each is set up. */
record GatewayParts(
    GatewayConfig config,
    Products products,
    Verifier verifier,
    OpenExchanges exchanges,
    RefusalSender refuser,
    McpSessionIds sessions,
    IdentityTokens identities,
    Elsewhere elsewhere,
    GatewayMetrics metrics,
    OpenConnections connections,
    InstantSource clock) {
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_LINE_BYTES = 8 * 1024;

  /** Requests that may wait for a connection to one upstream; beyond it 503. */
  private static final int MAX_WAITING = 1_024;

  /** A loop's own doors: they hold what belongs to one loop. */
  Doors doors() {
    return new Doors(products, config.hosts(), metrics::answers);
  }

  Loop loop(Context context, HttpClient client, Deadlines deadlines) {
    return new Loop(
        context,
        client,
        deadlines,
        products.format(),
        verifier,
        exchanges,
        refuser,
        new Upstreams(products, metrics),
        sessions,
        identities,
        elsewhere,
        config.publicUrl(),
        config.clientPatience().toMillis(),
        clock);
  }

  HttpServerOptions serverOptions() {
    var options =
        new HttpServerOptions()
            // All writes come from the loop itself, so none has to be queued for it.
            .setStrictThreadMode(true)
            .setHandle100ContinueAutomatically(false)
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_LINE_BYTES);
    Certificate certificate = config.certificate();
    if (certificate != null) {
      certificate.applyTo(options);
    }
    return options;
  }

  HttpClientOptions clientOptions() {
    var options =
        new HttpClientOptions()
            .setConnectTimeout((int) longestConnectTimeoutMillis())
            .setMaxHeaderSize(2 * MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_LINE_BYTES);
    Path authorities = config.upstreamAuthorities();
    if (authorities != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(authorities.toString()));
    }
    return options;
  }

  PoolOptions poolOptions() {
    return new PoolOptions()
        .setHttp1MaxSize(config.maxConnections())
        .setMaxWaitQueueSize(MAX_WAITING);
  }

  private long longestConnectTimeoutMillis() {
    long longest = 1;
    for (Product product : products.all()) {
      for (Upstream upstream : product.upstreams().values()) {
        longest = Math.max(longest, upstream.connectTimeout().toMillis());
      }
    }
    return longest;
  }
}
