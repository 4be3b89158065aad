package dev.keyway.server.authz;

import dev.keyway.server.http.Certificate;
import dev.keyway.server.http.Networks;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how Envoy asks.
 *
 * @param port 0 for any free one
 * @param controlUrl where problems are described
 * @param certificate null for plain HTTP/2
 * @param hosts slugs of products by host names of their own
 * @param eventLoops how many threads serve it
 * @param peers who is answered; by the TCP peer
 * @param maxConnections of proxies at once; further ones are cut off
 */
public record ExtAuthzConfig(
    String host,
    int port,
    URI controlUrl,
    @Nullable Certificate certificate,
    Map<String, String> hosts,
    int eventLoops,
    Networks peers,
    int maxConnections) {

  public ExtAuthzConfig {
    hosts = Map.copyOf(hosts);
  }
}
