package dev.keyway.app.config;

import dev.keyway.server.http.ListenerConfig;
import dev.keyway.server.http.Networks;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of the program's listeners.
 *
 * @param publicUrl what clients use to reach it; scheme, host and port only
 * @param tls null where something in front ends TLS, or nothing does
 * @param trustedProxies which may say who the client is
 * @param maxConnections of clients at once
 */
public record Listener(
    HostPort listen,
    @Nullable URI publicUrl,
    @Nullable Tls tls,
    Networks trustedProxies,
    int maxConnections) {
  static final int MAX_CONNECTIONS = ListenerConfig.DEFAULT_MAX_CONNECTIONS;

  /** What holds where nothing is said but the address. */
  static Listener at(HostPort listen) {
    return new Listener(listen, null, null, Networks.NONE, MAX_CONNECTIONS);
  }

  /** Whether clients are promised https. */
  boolean isHttps() {
    return publicUrl != null && "https".equals(publicUrl.getScheme());
  }

  /**
   * What links and redirects are built from: the public URL, or the listener's own address.
   *
   * @param boundPort the port it listens on, known after binding
   */
  public URI publicUrl(int boundPort) {
    if (publicUrl != null) {
      return publicUrl;
    }
    String host = listen.isWildcard() ? "localhost" : listen.host();
    return URI.create((tls == null ? "http://" : "https://") + new HostPort(host, boundPort));
  }

  /** The host that browsers see, which cookies are bound to. */
  String publicHost() {
    return publicUrl(listen.port()).getHost().toLowerCase(Locale.ROOT);
  }

  Listener withPort(int port) {
    return new Listener(
        new HostPort(listen.host(), port), publicUrl, tls, trustedProxies, maxConnections);
  }
}
