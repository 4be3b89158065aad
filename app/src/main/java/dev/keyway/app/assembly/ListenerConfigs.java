package dev.keyway.app.assembly;

import dev.keyway.app.config.Config;
import dev.keyway.app.config.Listener;
import dev.keyway.server.authz.ExtAuthzConfig;
import dev.keyway.server.gateway.GatewayConfig;
import dev.keyway.server.http.ListenerConfig;
import dev.keyway.server.http.TrustedProxies;
import java.net.URI;

/** What a node's settings say to each of its listeners. */
record ListenerConfigs(Config config, Certificates certificates) {

  ListenerConfig control() {
    Listener listener = config.control();
    URI publicUrl = listener.publicUrl();
    return new ListenerConfig(
        listener.listen().host(),
        listener.listen().port(),
        publicUrl == null ? null : publicUrl.toString(),
        certificates.control(),
        config.internalNetworks(),
        ListenerConfig.DEFAULT_MAX_CONCURRENT,
        ListenerConfig.DEFAULT_BODY_PATIENCE,
        ListenerConfig.DEFAULT_HEAD_PATIENCE,
        new TrustedProxies(listener.trustedProxies()),
        listener.maxConnections(),
        ListenerConfig.DEFAULT_EVENT_LOOPS);
  }

  ExtAuthzConfig extAuthz(Listener listener, URI controlUrl) {
    return new ExtAuthzConfig(
        listener.listen().host(),
        listener.listen().port(),
        controlUrl,
        certificates.extAuthz(),
        config.productsByHost(),
        Runtime.getRuntime().availableProcessors(),
        config.internalNetworks(),
        listener.maxConnections());
  }

  GatewayConfig gateway(int port, URI publicUrl, URI controlUrl) {
    Listener listener = config.gateway();
    return new GatewayConfig(
        listener.listen().host(),
        port,
        publicUrl,
        controlUrl,
        certificates.gateway(),
        config.productsByHost(),
        Runtime.getRuntime().availableProcessors(),
        GatewayConfig.DEFAULT_MAX_CONNECTIONS,
        config.upstreamAuthorities(),
        GatewayConfig.DEFAULT_CLIENT_PATIENCE,
        new TrustedProxies(listener.trustedProxies()),
        listener.maxConnections());
  }
}
