package dev.keyway.server.http;

import dev.keyway.core.ClientAddress;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clients' connections of one event loop, so that none is held open for nothing: one on which
 * no request is under way must bring the whole head of the next in time, and one whose request has
 * been answered must bring the rest of the body at once. An answer may take as long as it likes. A
 * client must also go on taking answers before it is given more. What is known of a client is kept
 * here too, so that it is worked out once for all its requests.
 *
 * <p>A sweep looks at all of them now and then, so that a request costs neither a timer nor a look
 * at the clock.
 */
public final class ClientConnections {
  public static final long SWEEP_MILLIS = 500;

  /** How long what is left of a body may take after the answer. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final long patienceNanos;
  private final TrustedProxies proxies;
  private final Networks internal;
  private final OpenConnections open;
  private final Map<HttpConnection, Use> uses = new HashMap<>();
  private boolean isDraining;
  private long drainMillis;

  /**
   * No connections yet.
   *
   * @param patience how long a connection may wait for a request's head
   * @param proxies those that say which client a request is from
   * @param internal whose peers see more than others
   * @param open counts the listener's connections, those of its other event loops too
   */
  public ClientConnections(
      Duration patience, TrustedProxies proxies, Networks internal, OpenConnections open) {
    this.patienceNanos = patience.toNanos();
    this.proxies = proxies;
    this.internal = internal;
    this.open = open;
  }

  /** A client has connected; where there are too many already, it is cut off. */
  public void open(HttpConnection connection) {
    if (!open.enter()) {
      Aborts.abort(connection);
      return;
    }
    ClientAddress peer = peer(connection);
    var use =
        new Use(peer, proxies.contains(peer), internal.contains(peer.text()), System.nanoTime());
    uses.put(connection, use);
    Farewell.keepOpen(connection);
    // The channel's own end: a connection that becomes a tunnel tells no other.
    Channel channel = ((ConnectionBase) connection).channel();
    channel.closeFuture().addListener(_ -> closed(connection));
  }

  /** Whether a request's peer is in an internal network; no header can make it so. */
  public boolean isInternal(HttpServerRequest request) {
    Use use = uses.get(request.connection());
    return use == null ? internal.contains(peer(request.connection()).text()) : use.isInternal;
  }

  /**
   * A request's head has come.
   *
   * @return the client that it comes from
   */
  public ClientAddress begin(HttpServerRequest request) {
    Use use = uses.get(request.connection());
    if (use == null) {
      return peer(request.connection());
    }
    use.begin(request);
    if (isDraining) {
      Farewell.makeLast(request, drainMillis);
    }
    return use.isProxy ? proxies.client(use.peer, request.headers()) : use.peer;
  }

  /**
   * Puts a request off until its client has taken the answers before it. A client that sends
   * requests and reads nothing would otherwise fill the memory with what it is answered.
   */
  public void hold(HttpServerRequest request, Runnable then) {
    Use use = uses.get(request.connection());
    if (use != null) {
      use.hold(System.nanoTime());
    }
    request
        .response()
        .drainHandler(_ -> {
          request.response().drainHandler(null);
          if (use == null || use.continueWith(request)) {
            then.run();
          }
        });
  }

  /**
   * Makes every answer from now on the last one on its connection, those under way too.
   *
   * @param patienceMillis when the connections are closed at the latest
   */
  public void drain(long patienceMillis) {
    isDraining = true;
    drainMillis = patienceMillis;
    uses.values().stream()
        .flatMap(use -> Stream.ofNullable(use.open()))
        .toList()
        .forEach(request -> Farewell.makeLast(request, patienceMillis));
  }

  /** Closes those on which nothing has happened since this was called last. */
  public void closeIdle() {
    uses.values().removeIf(Use::isTunnel);
    var idle =
        uses.entrySet().stream()
            .filter(entry -> entry.getValue().staysIdle())
            .map(Map.Entry::getKey)
            .toList();
    idle.forEach(connection -> {
      LastAnswer.takeNoMore(connection);
      connection.close();
    });
  }

  /** Closes those whose time is up, and aborts those that do not let themselves be closed. */
  public void sweep() {
    long now = System.nanoTime();
    uses.values().removeIf(Use::isTunnel);
    // Closing one takes it out of the map, so it must not happen on the walk.
    var late =
        uses.entrySet().stream()
            .filter(entry -> entry.getValue().isLate(now, patienceNanos))
            .toList();
    late.forEach(entry -> end(entry.getKey(), entry.getValue(), now));
  }

  private void closed(HttpConnection connection) {
    uses.remove(connection);
    open.leave();
  }

  private static ClientAddress peer(HttpConnection connection) {
    var remote = connection.remoteAddress();
    String address = remote == null ? null : remote.hostAddress();
    return ClientAddress.of(address == null ? "unknown" : address);
  }

  private static void end(HttpConnection connection, Use use, long now) {
    if (use.isClosing) {
      Aborts.abort(connection);
    } else {
      use.close(now);
      LastAnswer.takeNoMore(connection);
      connection.close();
    }
  }

  /** What happens on one connection. */
  private static final class Use {
    private final ClientAddress peer;
    private final boolean isProxy;
    private final boolean isInternal;
    private @Nullable HttpServerRequest latest;
    private boolean waitsForReader;
    private boolean waitsForRest;
    private boolean isClosing;
    private boolean wasIdle;
    private long since;

    Use(ClientAddress peer, boolean isProxy, boolean isInternal, long now) {
      this.peer = peer;
      this.isProxy = isProxy;
      this.isInternal = isInternal;
      this.since = now;
    }

    void begin(HttpServerRequest request) {
      latest = request;
      wasIdle = false;
      waitsForReader = false;
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

    void hold(long now) {
      waitsForReader = true;
      since = now;
    }

    /** Whether a request that was put off may be handled; not when its time was up. */
    boolean continueWith(HttpServerRequest request) {
      if (!isClosing) {
        begin(request);
      }
      return !isClosing;
    }

    void close(long now) {
      isClosing = true;
      waitsForReader = false;
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
      if (request == null || waitsForReader) {
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
