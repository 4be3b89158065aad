package dev.keyway.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the control listener.
 *
 * <p>{@code toString} gives the status only: a body may hold a secret that is shown once.
 */
public final class Response {
  private static final String JSON = "application/json";
  private final Content content;
  private final int status;
  private final String mediaType;
  private final byte[] body;
  private final @Nullable SharedBody shared;
  private final Map<String, String> headers;

  private Response(
      Content content,
      int status,
      String mediaType,
      byte[] body,
      @Nullable SharedBody shared,
      Map<String, String> headers) {
    this.shared = shared;
    this.content = content;
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
    return new Response(Content.PLAIN, status, JSON, body, null, Map.of());
  }

  /** A JSON answer that holds a secret: its bytes are overwritten once they are sent. */
  public static Response secret(int status, JsonObject body) {
    return new Response(Content.SECRET, status, JSON, body.toBytes(), null, Map.of());
  }

  /** A text of any media type. */
  public static Response text(int status, String mediaType, String body) {
    return new Response(
        Content.PLAIN, status, mediaType, body.getBytes(StandardCharsets.UTF_8), null, Map.of());
  }

  /** A body of any media type that other clients are sent too. */
  public static Response shared(int status, String mediaType, SharedBody body) {
    return new Response(Content.PLAIN, status, mediaType, body.bytes(), body, Map.of());
  }

  /** An answer without a body. */
  public static Response empty(int status) {
    return new Response(Content.PLAIN, status, "", new byte[0], null, Map.of());
  }

  static Response problem(Problem problem, String publicUrl) {
    int status = problem.code().status();
    return new Response(
        Content.PLAIN, status, Problem.MEDIA_TYPE, problem.toJson(publicUrl), null, Map.of());
  }

  /** The same answer with one more header, or another value for it. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(content, status, mediaType, body, shared, more);
  }

  /** The same answer with more headers. */
  public Response with(Map<String, String> additional) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(additional);
    return new Response(content, status, mediaType, body, shared, more);
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

  /** The same body in memory that answers share; null for a body of this answer alone. */
  @Nullable SharedBody shared() {
    return shared;
  }

  boolean isSecret() {
    return content == Content.SECRET;
  }

  Map<String, String> headers() {
    return headers;
  }

  private enum Content {
    PLAIN,
    SECRET
  }

  @Override
  public String toString() {
    return "Response[" + status + "]";
  }
}
