package dev.keyway.conformance.harness;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** A client at the gateway. Header fields are given as names and values in turn. */
public final class Door {

  /** The first message of an MCP client of 2025-11-25. */
  public static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"keyway-conformance","version":"1"}}}\
      """;

  private final URI gateway;

  /** A client of the gateway at this address. */
  public Door(URI gateway) {
    this.gateway = gateway;
  }

  public Answer get(String target, String... headers) {
    return call("GET", target, "", headers);
  }

  /** A GET with the key as bearer. */
  public Answer getAs(NewKey key, String target) {
    return get(target, "Authorization", key.bearer());
  }

  /** Any call; an empty body sends none. */
  public Answer call(String method, String target, String body, String... headers) {
    return Http.send(request(method, target, body, headers));
  }

  /** Sends {@code initialize} to an MCP path, as a client without a library would. */
  public Answer initialize(String target, String... headers) {
    return message(target, INITIALIZE, headers);
  }

  /** Posts one JSON-RPC message to an MCP path. */
  public Answer message(String target, String json, String... headers) {
    HttpRequest.Builder request = builder(target, headers);
    request.setHeader("Content-Type", "application/json");
    request.setHeader("Accept", "application/json, text/event-stream");
    return Http.send(request.POST(BodyPublishers.ofString(json)).build());
  }

  /**
   * One request that any valid key of the product may make at the demo's gateway, in a place the
   * product accepts.
   */
  public Answer knock(String product, String secret) {
    String bearer = "Bearer " + secret;
    return switch (product) {
      case "meko" -> initialize("/meko/mcp", "Authorization", bearer);
      case "mecha" -> get("/mecha/v1/machines", "Authorization", bearer);
      case "memorylake" -> initialize("/memorylake/mcp/v1?apikey=" + secret);
      case "memo" -> get("/memo/api/v1/developer/transcriptions", "Authorization", bearer);
      default -> throw new IllegalArgumentException(product);
    };
  }

  /** Closes the connections that clients of this JVM keep open, to this door or elsewhere. */
  public static void hangUp() {
    Http.hangUp();
  }

  /** A connection on which anything can be said. */
  public RawConnection connect() {
    return RawConnection.to(gateway);
  }

  private HttpRequest request(String method, String target, String body, String... headers) {
    return builder(target, headers)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder builder(String target, String... headers) {
    String base = gateway.toString().replaceAll("/$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + target)).timeout(Http.PATIENCE);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }
}
