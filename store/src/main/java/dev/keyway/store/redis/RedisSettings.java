package dev.keyway.store.redis;

import java.net.URI;

/**
 * Where a Redis or Valkey server is and how it is entered.
 *
 * @param address {@code redis://host:port/database}, or {@code rediss} for TLS; without a password
 * @param user empty for the default one
 * @param password empty for none
 */
public record RedisSettings(URI address, String user, String password) {
  public static final int DEFAULT_PORT = 6379;

  public boolean isTls() {
    return address.getScheme().equals("rediss");
  }

  /** Whether nobody on the way can read or change what is said. */
  public boolean isGuarded() {
    return isTls() || address.getHost().matches("localhost|127\\..*|\\[::1]");
  }

  int port() {
    return address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
  }

  int database() {
    String path = address.getPath();
    return path == null || path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RedisSettings[" + address + "]";
  }
}
