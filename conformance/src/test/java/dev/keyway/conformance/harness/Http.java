package dev.keyway.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The one HTTP/1.1 client of all suites; it follows no redirect and keeps no cookie. */
final class Http {

  /** Longer than any answer may take: a narrowing call may wait W + 5 s. */
  static final Duration PATIENCE = Duration.ofSeconds(40);

  private static volatile HttpClient client = newClient();

  private Http() {}

  private static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  /** Closes the connections that are kept for later requests. */
  static synchronized void hangUp() {
    HttpClient old = client;
    client = newClient();
    old.shutdownNow();
  }

  static Answer send(HttpRequest request) {
    String call = request.method() + " " + request.uri().getPath();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Answer(call, response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(call, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
