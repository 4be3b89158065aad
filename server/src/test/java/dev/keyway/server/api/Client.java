package dev.keyway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the API as one caller and holds each answer against the OpenAPI document. */
final class Client {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final OpenApiDocument DOCUMENT = new OpenApiDocument();
  private static final JsonMapper JSON = new JsonMapper();

  private final String url;
  private final Map<String, String> headers;

  private Client(String url, Map<String, String> headers) {
    this.url = url;
    this.headers = headers;
  }

  static Client anonymous(String url) {
    return new Client(url, Map.of());
  }

  Client with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Client(url, more);
  }

  Client bearer(String key) {
    return with("Authorization", "Bearer " + key);
  }

  Reply get(String path) {
    return send("GET", path, null);
  }

  Reply post(String path, String body) {
    return send("POST", path, body);
  }

  /** Sends the request; with a body as JSON unless another type was set. */
  Reply send(String method, String path, @Nullable String body) {
    Reply reply = sendUndocumented(method, path, body);
    String bare = path.replaceAll("\\?.*", "");
    assertThat(
            DOCUMENT.faults(method, bare, reply.status, reply.header("Content-Type"), reply.text))
        .as("%s %s answered %s %s", method, path, reply.status, reply.text)
        .isEmpty();
    return reply;
  }

  /** Sends a request that the document does not know. */
  Reply sendUndocumented(String method, String path, @Nullable String body) {
    var request = HttpRequest.newBuilder(URI.create(url + path));
    headers.forEach(request::header);
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      return new Reply(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An answer. */
  static final class Reply {
    final int status;
    final String text;
    private final HttpResponse<String> response;

    Reply(HttpResponse<String> response) {
      this.response = response;
      this.status = response.statusCode();
      this.text = response.body();
    }

    /** The value of a header; empty when there is none. */
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Every header, by its name in lower case. */
    Map<String, List<String>> headers() {
      return response.headers().map();
    }

    /** The value at a JSON pointer, as text. */
    String at(String pointer) {
      return json().at(pointer).asText();
    }

    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Reply expect(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }

    Reply problem(int expected, String code) {
      expect(expected);
      assertThat(at("/code")).as(text).isEqualTo(code);
      assertThat(header("Keyway-Request-Id")).isEqualTo(at("/request_id")).isNotEmpty();
      return this;
    }
  }
}
