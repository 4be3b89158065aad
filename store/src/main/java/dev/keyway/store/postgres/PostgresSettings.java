package dev.keyway.store.postgres;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is and how it is entered.
 *
 * @param url as the JDBC driver reads it, without a password
 * @param connections how many a node opens at most: half of them to read, half to write
 * @param lease how long the leases of all nodes are to last from now on; null to leave that
 */
public record PostgresSettings(
    String url, String user, String password, int connections, @Nullable Duration lease) {
  public static final int DEFAULT_CONNECTIONS = 16;
  public static final int LEAST_CONNECTIONS = 4;
  public static final int MOST_CONNECTIONS = 1_000;

  /** Below it a short pause of the server ends leases. */
  public static final String SHORTEST_LEASE = "1s";

  /** Above it a node that is gone would hold a revocation up for more than five minutes. */
  public static final String LONGEST_LEASE = "4m";

  /** The same with the lease as the database has it. */
  public PostgresSettings(String url, String user, String password, int connections) {
    this(url, user, password, connections, null);
  }

  /** Whether the server must prove by its certificate that it is the one that is named. */
  public boolean isChecked() {
    return url.contains("sslmode=verify-full") || isLocal();
  }

  private boolean isLocal() {
    return url.matches("jdbc:postgresql://(localhost|127\\.0\\.0\\.1|\\[::1])[:/].*");
  }

  /** Without the password, and without the URL, which may hold anything. */
  @Override
  public String toString() {
    return "PostgresSettings[" + user + ", " + connections + " connections]";
  }
}
