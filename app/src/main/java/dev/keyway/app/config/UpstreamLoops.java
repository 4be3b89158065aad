package dev.keyway.app.config;

import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.product.Upstream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds upstreams that are Keyway itself. Through the gateway a request would go round until its
 * headers are too long; at the control listener a key's holder would speak as a neighbour.
 */
public final class UpstreamLoops {
  private UpstreamLoops() {}

  /** What is wrong, one line each. */
  public static List<String> of(Config config, Products products) {
    var lines = new ArrayList<String>();
    for (Product product : products.all()) {
      for (Upstream upstream : product.upstreams().values()) {
        URI url = upstream.url();
        if (url != null && (leadsTo(url, config.control()) || leadsTo(url, config.gateway()))) {
          lines.add(
              "upstream %s.%s is %s, which is Keyway itself"
                  .formatted(product.slug(), upstream.name(), url));
        }
      }
    }
    return lines;
  }

  private static boolean leadsTo(URI url, Listener listener) {
    URI known = listener.publicUrl();
    boolean isPublic = known != null && host(known).equals(host(url)) && port(known) == port(url);
    boolean isBound =
        port(url) == listener.listen().port()
            && (host(url).equalsIgnoreCase(listener.listen().host())
                || (isHere(url) && isReachedFromHere(listener.listen())));
    return isPublic || isBound;
  }

  private static boolean isHere(URI url) {
    return new HostPort(host(url), 0).isLoopback();
  }

  private static boolean isReachedFromHere(HostPort listen) {
    return listen.isLoopback() || listen.isWildcard();
  }

  private static String host(URI url) {
    String host = url.getHost();
    return host == null ? "" : host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equals(url.getScheme()) ? 443 : 80;
  }
}
