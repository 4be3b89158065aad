package dev.keyway.server.authz;

import dev.keyway.server.http.Aborts;
import dev.keyway.server.http.Networks;
import dev.keyway.server.http.OpenConnections;
import dev.keyway.server.http.Seldom;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies' connections of one event loop: only those of known networks are kept, and none that
 * does nothing but ping.
 */
final class ExtAuthzConnections {
  private static final Logger LOG = LoggerFactory.getLogger(ExtAuthzConnections.class);
  private static final Seldom TURNED_AWAY = new Seldom(System::nanoTime);
  private static final long NO_ERROR = 0;
  private static final long ENHANCE_YOUR_CALM = 0xb;

  /** Pings without a call between them. A proxy that looks every ten seconds has hours. */
  private static final int MOST_PINGS = 2_000;

  private final Networks peers;
  private final OpenConnections open;
  private final Map<HttpConnection, Pings> pings = new HashMap<>();
  private boolean isDraining;

  ExtAuthzConnections(Networks peers, OpenConnections open) {
    this.peers = peers;
    this.open = open;
  }

  /** A proxy has connected, or somebody who is none and is cut off. */
  void open(HttpConnection connection) {
    var remote = connection.remoteAddress();
    String peer = remote == null ? null : remote.hostAddress();
    if (peer == null || !peers.contains(peer)) {
      if (TURNED_AWAY.lets()) {
        LOG.atWarn()
            .addKeyValue("peer", String.valueOf(peer))
            .log("ext_authz answers nobody outside control.internal-networks");
      }
      Aborts.abort(connection);
      return;
    }
    if (!open.enter()) {
      Aborts.abort(connection);
      return;
    }
    var counted = new Pings();
    pings.put(connection, counted);
    connection.pingHandler(_ -> pinged(connection, counted));
    connection.closeHandler(_ -> closed(connection));
    if (isDraining) {
      sayFarewell(connection);
    }
  }

  /** A call has come. */
  void called(HttpConnection connection) {
    Pings counted = pings.get(connection);
    if (counted != null) {
      counted.sinceLastCall = 0;
    }
  }

  /**
   * Tells every proxy to take its next calls elsewhere. Those already on their way are still
   * answered, which a plain close of the listener would not promise (RFC 9113, 6.8).
   */
  void drain() {
    isDraining = true;
    for (HttpConnection connection : pings.keySet()) {
      sayFarewell(connection);
    }
  }

  boolean isEmpty() {
    return pings.isEmpty();
  }

  private static void sayFarewell(HttpConnection connection) {
    connection.goAway(NO_ERROR, Integer.MAX_VALUE);
  }

  private static void pinged(HttpConnection connection, Pings counted) {
    if (++counted.sinceLastCall == MOST_PINGS) {
      connection.goAway(ENHANCE_YOUR_CALM);
      connection.close();
    }
  }

  private void closed(HttpConnection connection) {
    if (pings.remove(connection) != null) {
      open.leave();
    }
  }

  private static final class Pings {
    private int sinceLastCall;
  }
}
