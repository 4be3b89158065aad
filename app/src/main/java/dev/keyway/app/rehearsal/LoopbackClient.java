package dev.keyway.app.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** HTTP calls under one key, with the client that the JDK starts quickest. */
final class LoopbackClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 30_000;

  private final URI base;
  private final String key;

  LoopbackClient(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  JsonNode get(String path, int status) {
    return call("GET", path, null, status);
  }

  JsonNode post(String path, String body, int status) {
    return call("POST", path, body, status);
  }

  /** Whether anybody answers there at all. */
  boolean isAnswered(String path) {
    try {
      open("GET", path).getResponseCode();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private JsonNode call(String method, String path, @Nullable String body, int status) {
    try {
      HttpURLConnection connection = open(method, path);
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (var out = connection.getOutputStream()) {
          out.write(body.getBytes(StandardCharsets.UTF_8));
        }
      }
      if (connection.getResponseCode() != status) {
        throw new IllegalStateException(
            "%s %s answered %d, not %d"
                .formatted(method, path, connection.getResponseCode(), status));
      }
      return status < 400 ? json(connection) : MissingNode.getInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    }
  }

  private static JsonNode json(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      byte[] body = in.readAllBytes();
      String type = String.valueOf(connection.getContentType());
      return type.contains("json") ? JSON.readTree(body) : MissingNode.getInstance();
    }
  }

  private HttpURLConnection open(String method, String path) throws IOException {
    var connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setRequestProperty("Authorization", "Bearer " + key);
    return connection;
  }
}
