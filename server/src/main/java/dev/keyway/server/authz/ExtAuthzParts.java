package dev.keyway.server.authz;

import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.product.Products;
import dev.keyway.core.verify.Verifier;
import dev.keyway.server.door.Doors;
import dev.keyway.server.door.Elsewhere;
import dev.keyway.server.door.IdentityTokens;
import dev.keyway.server.door.Refusals;
import dev.keyway.server.http.OpenConnections;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the event loops of the listener have in common, and how each is set up. */
record ExtAuthzParts(
    ExtAuthzConfig config,
    Products products,
    Verifier verifier,
    ChangeSlots slots,
    Refusals refusals,
    IdentityTokens identities,
    Elsewhere elsewhere,
    ExtAuthzMetrics metrics,
    OpenConnections connections,
    BooleanSupplier ready) {
  /** Calls under way on one connection; Envoy opens further connections beyond it. */
  private static final int MOST_STREAMS = 1_000;

  private static final int MOST_HEADER_BYTES = 16 * 1024;

  /**
   * Calls that a proxy may cancel within a minute. One that waits 200 ms for each answer cancels
   * many when the store is slow, and must not lose its connection for it.
   */
  private static final int MOST_RESETS = 100_000;

  /** A loop's own doors: they hold what belongs to one loop. */
  Doors doors() {
    return new Doors(products, config.hosts(), metrics::answers);
  }

  HttpServerOptions serverOptions() {
    var options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(true)
            .setUseAlpn(true)
            .setAlpnVersions(List.of(HttpVersion.HTTP_2))
            .setHttp2RstFloodMaxRstFramePerWindow(MOST_RESETS)
            .setHttp2RstFloodWindowDuration(1)
            .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.MINUTES)
            .setMaxHeaderSize(MOST_HEADER_BYTES)
            .setTcpKeepAlive(true)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(MOST_STREAMS)
                    .setMaxHeaderListSize(MOST_HEADER_BYTES));
    var certificate = config.certificate();
    if (certificate != null) {
      certificate.applyTo(options);
    }
    return options;
  }
}
