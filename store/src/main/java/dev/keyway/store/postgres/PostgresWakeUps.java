package dev.keyway.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the other nodes by NOTIFY, so that they look for changes at once and not at their next
 * regular look. Nothing rests on it: a wake-up that is lost, as all are behind a pooler in
 * transaction mode, costs time only.
 *
 * <p>Each is sent in a transaction of its own after the change is committed: a NOTIFY holds a lock
 * of the whole server until its transaction ends, and that must not take as long as a commit of a
 * change.
 */
public final class PostgresWakeUps implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWakeUps.class);
  private static final String CHANNEL = "keyway_changes";

  /** How long one look for notifications lasts; a server that has gone is noticed after it. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final DataSource listening;
  private final DataSource sending;
  private volatile boolean isClosed;
  private volatile @Nullable Connection current;
  private @Nullable Thread thread;

  /**
   * Wake-ups that nobody is told of yet.
   *
   * @param listening gives a connection that is kept
   * @param sending gives connections whose transactions are committed by hand
   */
  PostgresWakeUps(DataSource listening, DataSource sending) {
    this.listening = listening;
    this.sending = sending;
  }

  /**
   * Tells somebody of each wake-up from now on, and after each time when some may have been lost.
   *
   * @param woken must not block
   */
  public synchronized void listen(Runnable woken) {
    thread = Thread.ofPlatform().name("keyway-wake-ups").daemon().start(() -> run(woken));
  }

  /** Wakes all nodes; what keeps it from that is theirs to make up for. */
  public void send() {
    try (Connection connection = sending.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL synchronous_commit = off; NOTIFY " + CHANNEL);
      connection.commit();
    } catch (SQLException e) {
      LOG.atDebug().addKeyValue("state", e.getSQLState()).log("the nodes cannot be woken");
    }
  }

  private void run(Runnable woken) {
    while (!isClosed) {
      try (Connection connection = listening.getConnection()) {
        current = connection;
        listen(connection, woken);
      } catch (SQLException e) {
        LOG.atDebug().addKeyValue("state", e.getSQLState()).log("no wake-ups");
        pause();
      }
    }
  }

  private void listen(Connection connection, Runnable woken) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
    }
    var server = connection.unwrap(PGConnection.class);
    // What came before it listened is missed.
    woken.run();
    while (!isClosed) {
      PGNotification[] some = server.getNotifications((int) LOOK.toMillis());
      if (some != null && some.length > 0) {
        woken.run();
      } else if (!connection.isValid((int) RETRY.toSeconds())) {
        return;
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    Connection open = current;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
    if (open != null) {
      try {
        // Its thread may be reading from the socket.
        open.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("a connection cannot be ended", e);
      }
    }
  }
}
