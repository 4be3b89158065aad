package dev.keyway.cli;

import java.net.URI;
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

  private static URI uri(String text) {
    try {
      return URI.create(text);
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
    if ("http".equals(address.getScheme()) && !isHere(address) && !allowsHttp) {
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
