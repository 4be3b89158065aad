package dev.keyway.store.postgres;

/**
 * Where a PostgreSQL database is and how it is entered.
 *
 * @param url as the JDBC driver reads it, without a password
 * @param connections how many a node opens at most: half of them to read, half to write
 */
public record PostgresSettings(String url, String user, String password, int connections) {
  public static final int DEFAULT_CONNECTIONS = 16;
  public static final int LEAST_CONNECTIONS = 4;
  public static final int MOST_CONNECTIONS = 1_000;

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
