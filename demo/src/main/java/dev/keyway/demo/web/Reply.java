package dev.keyway.demo.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a sample answers: a whole body, or events as they come. */
public sealed interface Reply {

  /** The header fields beside {@code Content-Type}. */
  Map<String, String> headers();

  /** The same answer with more header fields. */
  Reply with(Map<String, String> more);

  /** An answer whose body is known; a null body is none at all. */
  record Whole(
      int status, @Nullable String contentType, @Nullable String body, Map<String, String> headers)
      implements Reply {

    @Override
    public Whole with(Map<String, String> more) {
      return new Whole(status, contentType, body, joined(headers, more));
    }
  }

  /** A 200 with an event stream that lasts as long as its source writes. */
  record Events(Source source, Map<String, String> headers) implements Reply {

    @Override
    public Events with(Map<String, String> more) {
      return new Events(source, joined(headers, more));
    }
  }

  /** What fills an event stream, on the request's own thread; returning ends the stream. */
  interface Source {
    void sendTo(EventSink sink) throws IOException, InterruptedException;
  }

  /** JSON with a status. */
  static Whole json(int status, Object value) {
    return new Whole(status, "application/json", Json.text(value), Map.of());
  }

  /** Text of some media type. */
  static Whole text(String contentType, String body) {
    return new Whole(200, contentType, body, Map.of());
  }

  /** A status and nothing else. */
  static Whole empty(int status) {
    return new Whole(status, null, null, Map.of());
  }

  /** An event stream that proxies are asked not to hold back. */
  static Events events(Source source) {
    return new Events(source, Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"));
  }

  private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(some);
    all.putAll(more);
    return all;
  }
}
