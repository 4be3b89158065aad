package dev.keyway.server.gateway;

import dev.keyway.server.door.HeaderNameSet;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a message's {@code Connection} header names as meant for the next hop only (RFC
 * 9110, 7.6.1).
 */
final class ConnectionOptions {
  private ConnectionOptions() {}

  /** The named headers; null for none, which is the case of nearly every message. */
  static @Nullable HeaderNameSet named(MultiMap headers) {
    String first = headers.get(HttpHeaders.CONNECTION);
    if (first == null) {
      return null;
    }
    List<String> values = headers.getAll(HttpHeaders.CONNECTION);
    if (values.size() == 1 && isOrdinary(first)) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (String value : values) {
      for (String name : value.split(",", -1)) {
        names.add(name.strip());
      }
    }
    return new HeaderNameSet(names);
  }

  private static boolean isOrdinary(String value) {
    return value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close");
  }
}
