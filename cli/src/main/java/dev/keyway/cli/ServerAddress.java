package dev.keyway.cli;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Addresses that a key may be sent to. */
public final class ServerAddress {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  private ServerAddress() {}

  /**
   * Reads an address; without a scheme, https is meant, or http on this machine.
   *
   * @throws CliException when it is none
   */
  public static URI parse(String text) {
    String stripped = text.strip();
    boolean isWhole = stripped.contains("://");
    URI address = uri(isWhole ? stripped : "https://" + stripped);
    if (!isWhole && isHere(address)) {
      address = uri("http://" + stripped);
    }
    String scheme = address.getScheme();
    boolean isServer =
        ("https".equals(scheme) || "http".equals(scheme))
            && address.getHost() != null
            && address.getRawUserInfo() == null
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
    if (!isServer) {
      throw wrong(text);
    }
    return address;
  }

  /** Whether two addresses are of one server: scheme, host and port. */
  public static boolean isSame(URI one, URI other) {
    return String.valueOf(one.getScheme()).equals(other.getScheme())
        && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI address) {
    return address.getPort() >= 0
        ? address.getPort()
        : "https".equals(address.getScheme()) ? 443 : 80;
  }

  private static URI uri(String text) {
    try {
      int scheme = text.indexOf("://");
      return URI.create(
          text.substring(0, scheme).toLowerCase(Locale.ROOT) + text.substring(scheme));
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
  }

  private static CliException wrong(String text) {
    return new CliException(
        ExitCode.USAGE, "'" + text + "' is no server's address, such as https://keys.example.com");
  }

  /**
   * Refuses to send a key over a network without TLS.
   *
   * @throws CliException unless TLS is used, the server is this machine, or it is allowed
   */
  public static void check(URI address, boolean allowsHttp) {
    if (!"https".equals(address.getScheme()) && !isHere(address) && !allowsHttp) {
      throw new CliException(
          ExitCode.USAGE,
          "%s has no TLS, and the key would cross the network in clear; --insecure-http if that is meant"
              .formatted(address));
    }
  }

  private static boolean isHere(URI address) {
    return HERE.contains(String.valueOf(address.getHost()));
  }
}
