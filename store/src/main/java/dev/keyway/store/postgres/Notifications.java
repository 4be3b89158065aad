package dev.keyway.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends NOTIFY behind its callers: at its commit it takes a lock of the whole server, for which
 * nobody may wait whose change is committed, and least of all a lease. What has gathered meanwhile
 * goes out in one transaction. Where the server is slow the newest are dropped.
 */
final class Notifications implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
  private static final int MOST = 1_000;
  private static final int AT_ONCE = 100;

  private final DataSource connections;
  private final BlockingQueue<Notification> waiting = new ArrayBlockingQueue<>(MOST);
  private final Thread thread;

  private record Notification(String channel, String payload) {}

  /**
   * Begins at once.
   *
   * @param connections whose transactions are committed by hand
   */
  Notifications(DataSource connections) {
    this.connections = connections;
    this.thread = Thread.ofVirtual().name("keyway-notifications").start(this::run);
  }

  /** Does not wait, and does not say whether it was sent. */
  void send(String channel, String payload) {
    var _ = waiting.offer(new Notification(channel, payload));
  }

  private void run() {
    var some = new ArrayList<Notification>();
    try {
      while (true) {
        some.add(waiting.take());
        waiting.drainTo(some, AT_ONCE);
        send(some);
        some.clear();
      }
    } catch (InterruptedException e) {
      // Only close does that.
      Thread.currentThread().interrupt();
    }
  }

  private void send(List<Notification> some) {
    try (Connection connection = connections.getConnection();
        Statement settings = connection.createStatement();
        PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      // A wake-up that is lost with a crash is lost as all others are.
      settings.execute("SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '1s'");
      for (Notification one : some) {
        notify.setString(1, one.channel());
        notify.setString(2, one.payload());
        notify.execute();
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      // Whatever it is, the next ones are tried.
      LOG.debug("the nodes cannot be woken", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
