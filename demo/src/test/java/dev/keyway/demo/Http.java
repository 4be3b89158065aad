package dev.keyway.demo;

import dev.keyway.demo.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests as the gateway would send them: the identity is set by hand. */
public final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Http() {}

  /** Sends a request with headers given as name, value, name, value. */
  public static HttpResponse<String> send(
      String method, URI base, String path, String body, String... headers) {
    return exchange(method, base, path, body, BodyHandlers.ofString(), headers);
  }

  /** Opens a stream of lines. */
  public static HttpResponse<Stream<String>> stream(
      String method, URI base, String path, String body, String... headers) {
    return exchange(method, base, path, body, BodyHandlers.ofLines(), headers);
  }

  private static <T> HttpResponse<T> exchange(
      String method,
      URI base,
      String path,
      String body,
      HttpResponse.BodyHandler<T> handler,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), handler);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The JSON object in an answer. */
  public static Map<String, @Nullable Object> json(HttpResponse<String> answer) {
    return Json.object(answer.body())
        .orElseThrow(() -> new AssertionError("not a JSON object: " + answer.body()));
  }

  /** A member that is an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> json, String name) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(json.get(name), name);
  }

  /** A member that is a list of objects. */
  @SuppressWarnings("unchecked")
  public static List<Map<String, @Nullable Object>> objects(
      Map<String, @Nullable Object> json, String name) {
    return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(json.get(name), name);
  }

  /** The code in a sample's own error. */
  public static @Nullable Object errorCode(HttpResponse<String> answer) {
    return object(json(answer), "error").get("code");
  }
}
