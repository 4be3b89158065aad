package dev.keyway.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.cli.credential.Credential;
import dev.keyway.cli.http.Wire;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A remote MCP server (Streamable HTTP), called with a key: what each request carries of the
 * session and of the revision that was agreed on.
 */
final class McpServer {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";

  /** For what has no answer of its own. */
  private static final Duration SHORT = Duration.ofSeconds(20);

  private final Wire wire;
  private final URI address;
  private final Credential credential;
  private final ToolHeaders toolHeaders = new ToolHeaders();
  private volatile @Nullable String session;
  private volatile @Nullable String version;

  McpServer(Wire wire, URI address, Credential credential) {
    this.wire = wire;
    this.address = address;
    this.credential = credential;
  }

  /** The session that there is, or null. */
  @Nullable String session() {
    return session;
  }

  /** Sends a message; a session that is answered is that of what follows. */
  HttpResponse<InputStream> post(String line, JsonNode message) {
    HttpRequest.Builder request =
        request("application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(line));
    if (Messages.requests(message).isEmpty()) {
      request.timeout(SHORT);
    }
    JsonNode params = message.path("params");
    String own = params.path("_meta").path("io.modelcontextprotocol/protocolVersion").asText("");
    if (!own.isEmpty()) {
      request.setHeader(VERSION, HeaderValue.of(own));
      request.setHeader("Mcp-Method", HeaderValue.of(message.path("method").asText()));
      name(message.path("method").asText(), params, request);
    }
    HttpResponse<InputStream> response =
        wire.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() < 300) {
      response.headers().firstValue(SESSION).ifPresent(id -> session = id);
    }
    return response;
  }

  private void name(String method, JsonNode params, HttpRequest.Builder request) {
    switch (method) {
      case "tools/call" -> {
        request.setHeader("Mcp-Name", HeaderValue.of(params.path("name").asText()));
        toolHeaders.of(params).forEach(request::setHeader);
      }
      case "prompts/get" ->
          request.setHeader("Mcp-Name", HeaderValue.of(params.path("name").asText()));
      case "resources/read" ->
          request.setHeader("Mcp-Name", HeaderValue.of(params.path("uri").asText()));
      default -> {
        // The others have no name.
      }
    }
  }

  /** Opens what the server says unasked, or a stream that broke off after an event. */
  HttpResponse<InputStream> listen(@Nullable String lastId) {
    HttpRequest.Builder request = request("text/event-stream").GET();
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    return wire.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Takes note of what passes: the revision agreed on, and the tools. */
  void learn(JsonNode message) {
    JsonNode agreed = message.path("result").path("protocolVersion");
    if (agreed.isTextual()) {
      version = agreed.asText();
    }
    toolHeaders.learn(message);
  }

  /** The server has forgotten the session. */
  void forget() {
    session = null;
    version = null;
  }

  /** Ends the session, if there is one. */
  void end() {
    if (session != null) {
      var _ =
          wire.send(
              request("application/json").timeout(Duration.ofSeconds(3)).DELETE().build(),
              HttpResponse.BodyHandlers.discarding());
    }
  }

  private HttpRequest.Builder request(String accept) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + credential.reveal())
            .header("Accept", accept)
            .header("User-Agent", "keyway-cli");
    if (session != null) {
      request.header(SESSION, session);
    }
    if (version != null) {
      request.header(VERSION, version);
    }
    return request;
  }
}
