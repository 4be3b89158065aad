package dev.keyway.demo.modern;

import dev.keyway.demo.web.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one resource of the stateless server: the time, which is always news to a subscriber. */
final class ClockResource {

  static final String URI = "demo://clock";

  private ClockResource() {}

  static Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = Json.ordered("uri", URI, "name", "clock");
    json.put("description", "The server's time.");
    json.put("mimeType", "text/plain");
    return json;
  }

  static Map<String, @Nullable Object> contents(Instant now) {
    Map<String, @Nullable Object> json = Json.ordered("uri", URI, "mimeType", "text/plain");
    json.put("text", now.toString());
    return json;
  }
}
