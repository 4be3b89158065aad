package dev.keyway.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.util.DriverDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The connections to a database, as a pool that reads, one that writes and small ones for leases,
 * for what others have changed and for telling others: while a standby is gone, every writer may
 * hang in its commit, and keys must still be read, and it must be found out whether this node may
 * go on.
 *
 * <p>Nothing here depends on a session: between two transactions a connection may be another one,
 * as behind PgBouncer in transaction mode.
 */
final class Connections implements AutoCloseable {
  private static final String DRIVER = "org.postgresql.Driver";

  /** Shorter than callers wait, so that they learn why. */
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

  /** One statement, for which nobody waits any longer. */
  private static final Duration READ_SOCKET_PATIENCE = Duration.ofSeconds(15);

  /** Longer than callers wait for a write: it is to free the connection, not to decide. */
  private static final Duration WRITE_SOCKET_PATIENCE = Duration.ofSeconds(35);

  /** Below the idle times of usual firewalls and proxies. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  /**
   * After a fail-over by name, connections to the old address are gone by then, though nothing has
   * failed that would have told.
   */
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(90);

  private static final Duration IDLE_LIFE = Duration.ofSeconds(60);

  private static final int IDLE = 2;

  /** A join or a renewal, a look at the other nodes, fences, and one that hangs. */
  private static final int LEASES = 4;

  /** A lease that could not be asked for in so long is asked for anew. */
  private static final Duration LEASE_SOCKET_PATIENCE = Duration.ofSeconds(6);

  private static final Duration LEASE_CONNECT_PATIENCE = Duration.ofSeconds(2);

  private static final Duration VALIDATION_PATIENCE = Duration.ofMillis(500);

  /** One that reads, and one for when that hangs. */
  private static final int CHANGES = 2;

  private static final Duration RENEWAL_GAP = Duration.ofSeconds(5);

  private final AtomicLong renewedAtNanos =
      new AtomicLong(System.nanoTime() - RENEWAL_GAP.toNanos());
  private final HikariDataSource readers;
  private final HikariDataSource writers;
  private final HikariDataSource leases;
  private final HikariDataSource changes;
  private final HikariDataSource notifications;

  Connections(PostgresSettings settings) {
    int half = settings.connections() / 2;
    HikariConfig reading = pool("keyway-reads", settings, half, READ_SOCKET_PATIENCE);
    reading.setReadOnly(true);
    HikariConfig writing =
        pool("keyway-writes", settings, settings.connections() - half, WRITE_SOCKET_PATIENCE);
    // Every statement of a write belongs to its transaction; the driver sends BEGIN along with the
    // first.
    writing.setAutoCommit(false);
    this.readers = new HikariDataSource(reading);
    this.writers = new HikariDataSource(writing);
    HikariConfig leasing = pool("keyway-leases", settings, LEASES, LEASE_SOCKET_PATIENCE);
    hurry(leasing);
    leasing.setAutoCommit(false);
    this.leases = new HikariDataSource(leasing);
    // Of their own: no lease is extended before its changes are read, and no list may hold that up.
    HikariConfig following = pool("keyway-changes", settings, CHANGES, LEASE_SOCKET_PATIENCE);
    hurry(following);
    following.setReadOnly(true);
    this.changes = new HikariDataSource(following);
    HikariConfig notifying = pool("keyway-notifications", settings, 1, LEASE_SOCKET_PATIENCE);
    hurry(notifying);
    notifying.setAutoCommit(false);
    this.notifications = new HikariDataSource(notifying);
  }

  /**
   * Connections outside of the pools, for what is done once.
   *
   * @param socketPatience how long a statement may be silent; zero for any time
   */
  static DataSource single(PostgresSettings settings, Duration socketPatience) {
    return new DriverDataSource(
        settings.url(), DRIVER, properties(socketPatience), settings.user(), settings.password());
  }

  HikariDataSource readers() {
    return readers;
  }

  HikariDataSource writers() {
    return writers;
  }

  HikariDataSource leases() {
    return leases;
  }

  HikariDataSource changes() {
    return changes;
  }

  HikariDataSource notifications() {
    return notifications;
  }

  /**
   * Opens all connections anew, each once it is free: those that are there may lead to a server
   * that is the primary no more. What is under way goes on. It does nothing when it was done a
   * moment ago, for a server in trouble is not helped by connections.
   */
  void renew() {
    long now = System.nanoTime();
    long before = renewedAtNanos.get();
    if (now - before < RENEWAL_GAP.toNanos() || !renewedAtNanos.compareAndSet(before, now)) {
      return;
    }
    for (HikariDataSource pool : List.of(leases, changes, notifications, readers, writers)) {
      HikariPoolMXBean running = pool.getHikariPoolMXBean();
      if (running != null) {
        running.softEvictConnections();
      }
    }
  }

  @Override
  public void close() {
    notifications.close();
    changes.close();
    leases.close();
    writers.close();
    readers.close();
  }

  /** A connection that is silent is thrown away while the lease lasts. */
  private static void hurry(HikariConfig config) {
    config.setConnectionTimeout(LEASE_CONNECT_PATIENCE.toMillis());
    config.setValidationTimeout(VALIDATION_PATIENCE.toMillis());
  }

  private static HikariConfig pool(
      String name, PostgresSettings settings, int size, Duration socketPatience) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDriverClassName(DRIVER);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setDataSourceProperties(properties(socketPatience));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(IDLE, size));
    config.setConnectionTimeout(CONNECT_PATIENCE.toMillis());
    config.setKeepaliveTime(KEEP_ALIVE.toMillis());
    config.setIdleTimeout(IDLE_LIFE.toMillis());
    config.setMaxLifetime(LONGEST_LIFE.toMillis());
    config.setExceptionOverrideClassName(DemotedServer.class.getName());
    // It is opened and checked before; a pool that is empty for now fills by itself.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /** What holds where the URL says nothing else. */
  private static Properties properties(Duration socketPatience) {
    var properties = new Properties();
    properties.setProperty("ApplicationName", "keyway");
    // With it the driver names the application as it connects, and not by a SET in the session.
    properties.setProperty("assumeMinServerVersion", "15");
    // Statements that the server keeps by name are lost with the session.
    properties.setProperty("prepareThreshold", "0");
    properties.setProperty("connectTimeout", seconds(CONNECT_PATIENCE));
    properties.setProperty("socketTimeout", seconds(socketPatience));
    properties.setProperty("tcpKeepAlive", "true");
    // Of several hosts, the one that takes writes: a replica may not know yet what was revoked.
    properties.setProperty("targetServerType", "primary");
    // Details quote rows.
    properties.setProperty("logServerErrorDetail", "false");
    return properties;
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.toSeconds());
  }
}
