package dev.keyway.server.gateway;

import dev.keyway.server.http.Farewell;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clients' connections of one event loop, so that none is held open for nothing: one on which
 * no request is under way must bring the whole head of the next in time, and one whose request has
 * been answered must bring the rest of the body at once. An answer may take as long as it likes.
 *
 * <p>A sweep looks at all of them now and then, so that a request costs neither a timer nor a look
 * at the clock.
 */
final class ClientConnections {
  static final long SWEEP_MILLIS = 500;

  /** How long what is left of a body may take after the answer. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final long patienceNanos;
  private final Map<HttpConnection, Use> uses = new HashMap<>();
  private final LongAdder count;
  private boolean isDraining;
  private long drainMillis;

  /**
   * No connections yet.
   *
   * @param patience how long a connection may wait for a request's head
   * @param count of the connections of all event loops
   */
  ClientConnections(Duration patience, LongAdder count) {
    this.patienceNanos = patience.toNanos();
    this.count = count;
  }

  /** A client has connected. */
  void open(HttpConnection connection) {
    uses.put(connection, new Use(System.nanoTime()));
    count.increment();
    Farewell.keepOpen(connection);
    // A tunnel is no HTTP connection any more, and still one that a client holds open.
    Connections.whenClosed(connection, count::decrement);
    connection.closeHandler(_ -> uses.remove(connection));
  }

  /** A request's head has come. */
  void begin(HttpServerRequest request) {
    Use use = uses.get(request.connection());
    if (use != null) {
      use.begin(request);
    }
    if (isDraining) {
      Farewell.makeLast(request, drainMillis);
    }
  }

  /**
   * Makes every answer from now on the last one on its connection, those under way too.
   *
   * @param patienceMillis when the connections are closed at the latest
   */
  void drain(long patienceMillis) {
    isDraining = true;
    drainMillis = patienceMillis;
    uses.values().stream()
        .flatMap(use -> Stream.ofNullable(use.open()))
        .toList()
        .forEach(request -> Farewell.makeLast(request, patienceMillis));
  }

  /** Closes those on which nothing has happened since this was called last. */
  void closeIdle() {
    uses.values().removeIf(Use::isTunnel);
    var idle =
        uses.entrySet().stream()
            .filter(entry -> entry.getValue().staysIdle())
            .map(Map.Entry::getKey)
            .toList();
    idle.forEach(HttpConnection::close);
  }

  /** Closes those whose time is up, and aborts those that do not let themselves be closed. */
  void sweep() {
    long now = System.nanoTime();
    uses.values().removeIf(Use::isTunnel);
    // Closing one takes it out of the map, so it must not happen on the walk.
    var late =
        uses.entrySet().stream()
            .filter(entry -> entry.getValue().isLate(now, patienceNanos))
            .toList();
    late.forEach(entry -> end(entry.getKey(), entry.getValue(), now));
  }

  private static void end(HttpConnection connection, Use use, long now) {
    if (use.isClosing) {
      Connections.abort(connection);
    } else {
      use.close(now);
      connection.close();
    }
  }

  /** What happens on one connection. */
  private static final class Use {
    private @Nullable HttpServerRequest latest;
    private boolean waitsForRest;
    private boolean isClosing;
    private boolean wasIdle;
    private long since;

    Use(long now) {
      this.since = now;
    }

    void begin(HttpServerRequest request) {
      latest = request;
      wasIdle = false;
      waitsForRest = false;
    }

    /** Whether nothing was under way the last time either, and nothing came in between. */
    boolean staysIdle() {
      boolean was = wasIdle;
      wasIdle = open() == null;
      return was && wasIdle;
    }

    /** The request that is not answered to its end. */
    @Nullable HttpServerRequest open() {
      HttpServerRequest request = latest;
      return request == null || request.response().ended() ? null : request;
    }

    void close(long now) {
      isClosing = true;
      latest = null;
      since = now;
    }

    /** Whether it has ceased to be an HTTP connection; its exchange watches over it. */
    boolean isTunnel() {
      HttpServerRequest request = latest;
      return request != null
          && request.response().ended()
          && request.response().getStatusCode() == 101;
    }

    boolean isLate(long now, long patienceNanos) {
      HttpServerRequest request = latest;
      if (request == null) {
        return now - since > patienceNanos;
      }
      if (!request.response().ended()) {
        return false;
      }
      if (request.isEnded()) {
        // Not kept: an idle connection would hold its last request in memory.
        latest = null;
        since = now;
        return false;
      }
      if (!waitsForRest) {
        waitsForRest = true;
        since = now;
      }
      return now - since > REST_NANOS;
    }
  }
}
