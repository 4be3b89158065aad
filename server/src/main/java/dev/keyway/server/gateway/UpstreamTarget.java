package dev.keyway.server.gateway;

import dev.keyway.core.product.Upstream;
import dev.keyway.server.http.Seldom;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An upstream as one event loop addresses it. Belongs to that loop: the options it hands out are
 * one object, filled in anew for each request.
 */
final class UpstreamTarget {
  private final String name;
  private final String basePath;
  private final RequestHeaders headers;
  private final long responseTimeoutMillis;
  private final @Nullable RequestOptions options;
  private final UpstreamMeters meters;
  private final Seldom failures = new Seldom(System::nanoTime);

  UpstreamTarget(Upstream upstream, UpstreamMeters meters) {
    this.meters = meters;
    URI url = upstream.url();
    this.name = upstream.name();
    this.headers = new RequestHeaders(upstream.headers());
    this.responseTimeoutMillis = upstream.responseTimeout().toMillis();
    this.basePath = url == null ? "" : basePath(url);
    this.options = url == null ? null : options(url, upstream.connectTimeout().toMillis());
  }

  String name() {
    return name;
  }

  RequestHeaders headers() {
    return headers;
  }

  long responseTimeoutMillis() {
    return responseTimeoutMillis;
  }

  /** Takes what becomes of each request. */
  UpstreamMeters meters() {
    return meters;
  }

  /** Lets one failure a second into the log. */
  Seldom failures() {
    return failures;
  }

  /** Whether it has an address. */
  boolean isConfigured() {
    return options != null;
  }

  /**
   * The options of the next request.
   *
   * @param target path and query below the upstream's own path
   */
  RequestOptions request(HttpMethod method, String target) {
    RequestOptions next = options;
    if (next == null) {
      throw new IllegalStateException("the upstream '" + name + "' has no address");
    }
    return next.setMethod(method).setURI(basePath.isEmpty() ? target : basePath + target);
  }

  private static RequestOptions options(URI url, long connectTimeoutMillis) {
    boolean isTls = "https".equals(url.getScheme().toLowerCase(Locale.ROOT));
    int port = url.getPort() >= 0 ? url.getPort() : (isTls ? 443 : 80);
    return new RequestOptions()
        .setHost(url.getHost())
        .setPort(port)
        .setSsl(isTls)
        .setConnectTimeout(connectTimeoutMillis)
        .setFollowRedirects(false);
  }

  private static String basePath(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
