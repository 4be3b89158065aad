package dev.keyway.server.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connections of the control listener's event loop, and the latest request on each. */
final class Callers {
  private final Map<HttpConnection, @Nullable HttpServerRequest> latest = new HashMap<>();
  private Set<HttpConnection> wereIdle = new HashSet<>();
  private volatile int count;
  private boolean isDraining;
  private long patienceMillis;

  void open(HttpConnection connection) {
    latest.put(connection, null);
    count = latest.size();
    Farewell.keepOpen(connection);
    connection.closeHandler(_ -> {
      latest.remove(connection);
      count = latest.size();
    });
  }

  void begin(HttpServerRequest request) {
    latest.replace(request.connection(), request);
    wereIdle.remove(request.connection());
    if (isDraining) {
      Farewell.makeLast(request, patienceMillis);
    }
  }

  /** Makes the answers now under way the last ones. */
  void drain(long patience) {
    isDraining = true;
    patienceMillis = patience;
    busy().forEach(request -> Farewell.makeLast(request, patience));
  }

  /** Closes those on which nothing has happened since this was called last. */
  void closeIdle() {
    Set<HttpConnection> idle = new HashSet<>();
    latest.forEach((connection, request) -> {
      if (!isBusy(request)) {
        idle.add(connection);
      }
    });
    List<HttpConnection> still = idle.stream().filter(wereIdle::contains).toList();
    wereIdle = idle;
    still.forEach(HttpConnection::close);
  }

  /** How many there are; to be asked from anywhere. */
  int size() {
    return count;
  }

  private List<HttpServerRequest> busy() {
    return latest.values().stream()
        .flatMap(Stream::ofNullable)
        .filter(request -> !request.response().ended())
        .toList();
  }

  private static boolean isBusy(@Nullable HttpServerRequest request) {
    return request != null && !request.response().ended();
  }
}
