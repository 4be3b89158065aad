package dev.keyway.bench.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.bench.BenchException;
import dev.keyway.bench.verify.SeededKeys.SeededKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The calls of the management API that put accounts and keys into a store. */
public final class ManagementApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String operatorKey;

  ManagementApi(URI base, String operatorKey) {
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

  @Override
  public void close() {
    client.close();
  }

  private JsonNode post(String path, ObjectNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + operatorKey)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        // The answer is not repeated: a bug in the server might have put a secret into it.
        throw new BenchException("POST " + path + " answered " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new BenchException("POST " + path + ": " + e.getMessage(), e);
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
