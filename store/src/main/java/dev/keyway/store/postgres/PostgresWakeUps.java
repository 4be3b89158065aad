package dev.keyway.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
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
 * regular look, and tells them of keys that were made, so that those do not compete with made-up
 * ones for look-ups. Nothing rests on it: a wake-up that is lost, as all are behind a pooler in
 * transaction mode, costs time only.
 *
 * <p>Each is sent in a transaction of its own after the change is committed: a NOTIFY holds a lock
 * of the whole server until its transaction ends, and that must not take as long as a commit of a
 * change.
 */
public final class PostgresWakeUps implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWakeUps.class);
  private static final String CHANGES = "keyway_changes";
  private static final String KEYS = "keyway_keys";

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

  /** Who is told; neither may block. */
  public interface Listener {
    /** There may be changes; also told each time when some may have been missed. */
    void changed();

    /** A key was made, at this node or another. */
    void made(String keyId);
  }

  /** Tells somebody of each wake-up from now on. */
  public synchronized void listen(Listener listener) {
    thread = Thread.ofPlatform().name("keyway-wake-ups").daemon().start(() -> run(listener));
  }

  /** Tells all nodes that there are changes; what keeps it from that is theirs to make up for. */
  public void changed() {
    send(CHANGES, "");
  }

  /** Tells all nodes of a key that was made. */
  public void made(String keyId) {
    send(KEYS, keyId);
  }

  private void send(String channel, String payload) {
    try (Connection connection = sending.getConnection();
        Statement settings = connection.createStatement();
        PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      settings.execute("SET LOCAL synchronous_commit = off");
      notify.setString(1, channel);
      notify.setString(2, payload);
      notify.execute();
      connection.commit();
    } catch (SQLException e) {
      LOG.atDebug().addKeyValue("state", e.getSQLState()).log("the nodes cannot be woken");
    }
  }

  private void run(Listener listener) {
    while (!isClosed) {
      try (Connection connection = listening.getConnection()) {
        current = connection;
        listen(connection, listener);
      } catch (SQLException e) {
        LOG.atDebug().addKeyValue("state", e.getSQLState()).log("no wake-ups");
        pause();
      }
    }
  }

  private void listen(Connection connection, Listener listener) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANGES);
      statement.execute("LISTEN " + KEYS);
    }
    var server = connection.unwrap(PGConnection.class);
    // What came before it listened is missed.
    listener.changed();
    while (!isClosed) {
      PGNotification[] some = server.getNotifications((int) LOOK.toMillis());
      if (some != null && some.length > 0) {
        tell(some, listener);
      } else if (!connection.isValid((int) RETRY.toSeconds())) {
        return;
      }
    }
  }

  private static void tell(PGNotification[] some, Listener listener) {
    boolean isChanged = false;
    for (PGNotification one : some) {
      if (one.getName().equals(KEYS)) {
        listener.made(one.getParameter());
      } else {
        isChanged = true;
      }
    }
    if (isChanged) {
      listener.changed();
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
