package dev.keyway.app.config;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener binds.
 *
 * @param host a name or a literal address, IPv6 without brackets
 * @param port 0 for any free one
 */
public record HostPort(String host, int port) {

  /** Whether only this machine reaches it. A name other than localhost may be anything. */
  public boolean isLoopback() {
    InetAddress literal = literal();
    return literal == null ? host.equalsIgnoreCase("localhost") : literal.isLoopbackAddress();
  }

  /** Whether it binds every address of the machine. */
  boolean isWildcard() {
    InetAddress literal = literal();
    return literal != null && literal.isAnyLocalAddress();
  }

  private @Nullable InetAddress literal() {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
