package dev.keyway.store.redis;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis or Valkey server is and how it is entered.
 *
 * @param address {@code redis://host:port/database}, or {@code rediss} for TLS; without a password
 * @param user empty for the default one
 * @param password empty for none
 * @param authorities PEM file of those who sign for the server; null for those that Java knows
 */
public record RedisSettings(URI address, String user, String password, @Nullable Path authorities) {
  public static final int DEFAULT_PORT = 6379;

  public boolean isTls() {
    return address.getScheme().equals("rediss");
  }

  /** Whether nobody on the way can read or change what is said. */
  public boolean isGuarded() {
    return isTls() || address.getHost().matches("localhost|127\\..*|\\[::1]");
  }

  /** Of an address in brackets, what is in them. */
  String host() {
    return address.getHost().replaceAll("[\\[\\]]", "");
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
