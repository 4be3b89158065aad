package dev.keyway.server.gateway;

import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.ListenerConfig;
import dev.keyway.server.http.TrustedProxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the gateway listens.
 *
 * @param port 0 for any free one
 * @param publicUrl under which clients reach it
 * @param controlUrl under which clients reach the control listener: where problems are described
 *     and the signing key is found
 * @param certificate null for plain HTTP
 * @param hosts slugs of products by host names of their own
 * @param eventLoops how many threads serve it
 * @param maxConnections to one upstream from one event loop; each open stream holds one
 * @param upstreamAuthorities a PEM file with those whose signature on an https upstream's
 *     certificate counts; null for those that Java knows
 * @param clientPatience for how long a client may keep the gateway waiting: for the head of its
 *     next request, for the next bytes of a body, or to take the next bytes of an answer
 * @param trustedProxies which may say who the client is
 * @param maxClients connections of clients at once; further ones are cut off
 */
public record GatewayConfig(
    String host,
    int port,
    URI publicUrl,
    URI controlUrl,
    @Nullable Certificate certificate,
    Map<String, String> hosts,
    int eventLoops,
    int maxConnections,
    @Nullable Path upstreamAuthorities,
    Duration clientPatience,
    TrustedProxies trustedProxies,
    int maxClients) {
  /** Enough for streams of some thousand clients. */
  public static final int DEFAULT_MAX_CONNECTIONS = 4_096;

  public static final Duration DEFAULT_CLIENT_PATIENCE = Duration.ofSeconds(60);

  public GatewayConfig {
    hosts = Map.copyOf(hosts);
  }

  /** With the usual patience, and no proxy in front. */
  public GatewayConfig(
      String host,
      int port,
      URI publicUrl,
      URI controlUrl,
      @Nullable Certificate certificate,
      Map<String, String> hosts,
      int eventLoops,
      int maxConnections,
      @Nullable Path upstreamAuthorities) {
    this(
        host,
        port,
        publicUrl,
        controlUrl,
        certificate,
        hosts,
        eventLoops,
        maxConnections,
        upstreamAuthorities,
        DEFAULT_CLIENT_PATIENCE,
        TrustedProxies.NONE,
        ListenerConfig.DEFAULT_MAX_CONNECTIONS);
  }
}
