package dev.keyway.bench.keyway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.BenchException;
import dev.keyway.bench.keyway.SeededKeys.SeededKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The calls of the management API that put accounts and keys into a store. */
public final class ManagementApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client;
  private final URI base;
  private final String operatorKey;

  ManagementApi(URI base, String operatorKey, @Nullable SSLContext tls) {
    var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.client = builder.build();
    this.base = base;
    this.operatorKey = operatorKey;
  }

  /** Makes an account and answers its id. */
  public String createAccount(String product, int number) {
    ObjectNode body = JSON.createObjectNode();
    body.put("product", product).put("email", "account-" + number + "@bench.example");
    body.put("name", "Account " + number);
    return text(post("/v1/accounts", body), "id");
  }

  /** Makes a key and answers the whole of it. */
  public String createSecret(String product, String account) {
    return createKey(product, account, "bench").secret();
  }

  SeededKey createKey(String product, String account, String name) {
    ObjectNode body = JSON.createObjectNode();
    body.put("product", product).put("account", account).put("name", name);
    JsonNode answer = post("/v1/keys", body);
    return new SeededKey(text(answer.path("key"), "id"), text(answer, "secret"));
  }

  void revoke(SeededKey key) {
    post("/v1/keys/" + key.id() + "/revoke", JSON.createObjectNode());
  }

  /**
   * Reads a page of the list of keys.
   *
   * @param cursor of the page; null for the first
   * @return the cursor of the next one; null on the last
   */
  public @Nullable String listKeys(String product, @Nullable String cursor) {
    String path = "/v1/keys?product=" + product + "&limit=50";
    if (cursor != null) {
      path += "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
    JsonNode page = send(request(path).GET().build(), "GET /v1/keys");
    JsonNode next = page.path("next_cursor");
    return next.isTextual() ? next.asText() : null;
  }

  @Override
  public void close() {
    client.close();
  }

  private JsonNode post(String path, ObjectNode body) {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return send(request, "POST " + path);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + operatorKey);
  }

  private JsonNode send(HttpRequest request, String call) {
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        // The answer is not repeated: a bug in the server might have put a secret into it.
        throw new BenchException(call + " answered " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new BenchException(call + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new BenchException("the management API's answer has no " + field);
    }
    return value.asText();
  }
}
