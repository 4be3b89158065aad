package dev.keyway.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the control listener.
 *
 * <p>{@code toString} gives the status only: a body may hold a secret that is shown once.
 */
public final class Response {
  private final int status;
  private final String mediaType;
  private final byte[] body;
  private final Map<String, String> headers;

  private Response(int status, String mediaType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.mediaType = mediaType;
    this.body = body;
    this.headers = headers;
  }

  /** A JSON answer. */
  public static Response json(int status, JsonObject body) {
    return json(status, body.toBytes());
  }

  /** A JSON answer whose bytes are made already. */
  public static Response json(int status, byte[] body) {
    return new Response(status, "application/json", body, Map.of());
  }

  /** A text of any media type. */
  public static Response text(int status, String mediaType, String body) {
    return new Response(status, mediaType, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** An answer without a body. */
  public static Response empty(int status) {
    return new Response(status, "", new byte[0], Map.of());
  }

  static Response problem(Problem problem, String publicUrl) {
    int status = problem.code().status();
    return new Response(status, Problem.MEDIA_TYPE, problem.toJson(publicUrl), Map.of());
  }

  /** The same answer with one more header, or another value for it. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, mediaType, body, more);
  }

  /** The same answer with more headers. */
  public Response with(Map<String, String> additional) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(additional);
    return new Response(status, mediaType, body, more);
  }

  public int status() {
    return status;
  }

  /** The body's media type; empty when there is no body. */
  String mediaType() {
    return mediaType;
  }

  byte[] body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }

  @Override
  public String toString() {
    return "Response[" + status + "]";
  }
}
