package dev.keyway.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.IntSupplier;
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
 * <p>Nobody who changes something waits for it to be sent ({@link Notifications}). Whoever makes a
 * key waits a moment until the others say that they know it ({@link MadeKeys}).
 */
public final class PostgresWakeUps implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWakeUps.class);
  private static final String CHANGES = "keyway_changes";
  private static final String KEYS = "keyway_keys";
  private static final String KNOWN = "keyway_known";

  /** How long one look for notifications lasts; a server that has gone is noticed after it. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final DataSource listening;
  private final Notifications notifications;
  private final MadeKeys madeKeys = new MadeKeys(System::nanoTime);
  private volatile IntSupplier others = () -> 0;
  private volatile boolean isClosed;
  private volatile boolean isListening;
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
    this.notifications = new Notifications(sending);
  }

  /** Who is told; neither may block. */
  public interface Listener {
    /** There may be changes; also told each time when some may have been missed. */
    void changed();

    /** A key was made at another node. */
    void made(String keyId);

    /** How many other nodes there are, as far as is known. */
    int others();
  }

  /** Tells somebody of each wake-up from now on. */
  public synchronized void listen(Listener listener) {
    others = listener::others;
    thread = Thread.ofPlatform().name("keyway-wake-ups").daemon().start(() -> run(listener));
  }

  /** Tells all nodes that there are changes; what keeps it from that is theirs to make up for. */
  public void changed() {
    notifications.send(CHANGES, "");
  }

  /**
   * Tells all nodes of a key that was made here, and waits a moment until they say that they know
   * it.
   */
  public void made(String keyId) {
    int expected = isListening ? others.getAsInt() : 0;
    madeKeys.await(keyId, expected, () -> notifications.send(KEYS, keyId));
  }

  /** Tells the node that has made a key that this one knows it. */
  public void known(String keyId) {
    notifications.send(KNOWN, keyId);
  }

  private void run(Listener listener) {
    while (!isClosed) {
      try (Connection connection = listening.getConnection()) {
        current = connection;
        listen(connection, listener);
      } catch (SQLException | RuntimeException e) {
        LOG.debug("no wake-ups", e);
        pause();
      } finally {
        isListening = false;
      }
    }
  }

  private void listen(Connection connection, Listener listener) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANGES);
      statement.execute("LISTEN " + KEYS);
      statement.execute("LISTEN " + KNOWN);
    }
    var server = connection.unwrap(PGConnection.class);
    isListening = true;
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

  private void tell(PGNotification[] some, Listener listener) {
    boolean isChanged = false;
    for (PGNotification one : some) {
      switch (one.getName()) {
        case KEYS -> {
          if (!madeKeys.isOwn(one.getParameter())) {
            listener.made(one.getParameter());
          }
        }
        case KNOWN -> madeKeys.known(one.getParameter());
        default -> isChanged = true;
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
    notifications.close();
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
