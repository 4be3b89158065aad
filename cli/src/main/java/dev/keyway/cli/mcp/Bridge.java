package dev.keyway.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.cli.CliException;
import dev.keyway.cli.Terminal;
import dev.keyway.cli.credential.Credential;
import dev.keyway.cli.http.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries MCP messages between a client that starts a program (stdio transport) and a server that
 * is called by HTTP, and adds the key. It knows both eras: with sessions (to 2025-11-25), and
 * without (2026-07-28).
 */
final class Bridge {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** How long what was asked before the input ended may still be answered. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Terminal terminal;
  private final Wire wire;
  private final URI server;
  private final Credential credential;
  private final Messages messages;
  private final ToolHeaders toolHeaders = new ToolHeaders();
  private final Phaser open = new Phaser(1);

  private volatile @Nullable String session;
  private volatile @Nullable String version;
  private volatile boolean isOver;

  Bridge(Terminal terminal, Wire wire, URI server, Credential credential) {
    this.terminal = terminal;
    this.wire = wire;
    this.server = server;
    this.credential = credential;
    this.messages = new Messages(terminal.out());
  }

  /** Runs until the client closes its end. */
  void run() throws IOException {
    var lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        take(line);
      }
    }
    finish();
  }

  private void take(String line) {
    JsonNode message = Messages.read(line);
    if (message.isMissingNode()) {
      terminal.say("keyway: a line of the client is no JSON and was left out");
      return;
    }
    String method = message.path("method").asText();
    // What follows these has to find them done; requests of a client may wait for each other.
    boolean isFirst = method.equals("initialize") || !Messages.isRequest(message);
    if (isFirst) {
      send(line, message);
    } else {
      open.register();
      Thread.startVirtualThread(() -> {
        try {
          send(line, message);
        } finally {
          open.arriveAndDeregister();
        }
      });
    }
    if (method.equals("notifications/initialized") && session != null) {
      Thread.startVirtualThread(this::listen);
    }
  }

  private void send(String line, JsonNode message) {
    try {
      HttpRequest request = post(line, message);
      HttpResponse<InputStream> response =
          wire.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        receive(response, body, message);
      }
    } catch (CliException | IOException e) {
      refuse(message, String.valueOf(e.getMessage()));
    }
  }

  private HttpRequest post(String line, JsonNode message) {
    HttpRequest.Builder request =
        request("application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(line));
    JsonNode params = message.path("params");
    String own = params.path("_meta").path("io.modelcontextprotocol/protocolVersion").asText("");
    if (!own.isEmpty()) {
      request.setHeader(VERSION, own);
      request.setHeader("Mcp-Method", message.path("method").asText());
      name(message.path("method").asText(), params, request);
    }
    return request.build();
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

  private HttpRequest.Builder request(String accept) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server)
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

  private void receive(HttpResponse<InputStream> response, InputStream body, JsonNode message)
      throws IOException {
    if (response.statusCode() >= 300) {
      failed(response, text(body), message);
      return;
    }
    response.headers().firstValue(SESSION).ifPresent(id -> session = id);
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (type.startsWith("text/event-stream")) {
      new EventStream(this::deliver).read(body);
    } else {
      String text = text(body);
      if (!text.isBlank()) {
        deliver(text);
      }
    }
  }

  private void deliver(String text) {
    JsonNode message = Messages.read(text);
    JsonNode agreed = message.path("result").path("protocolVersion");
    if (agreed.isTextual()) {
      version = agreed.asText();
    }
    toolHeaders.learn(message);
    messages.pass(text);
  }

  private static String text(InputStream body) throws IOException {
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A server's own error goes on as it is; a refusal on the way is told in its words. */
  private void failed(HttpResponse<?> response, String text, JsonNode message) {
    JsonNode problem = Messages.read(text);
    if (problem.has("jsonrpc") && Messages.isRequest(message)) {
      messages.pass(text);
      return;
    }
    String title = problem.path("title").asText("the server answered " + response.statusCode());
    String detail = problem.path("detail").asText("");
    String code = problem.path("code").asText("");
    refuse(
        message,
        title + (detail.isEmpty() ? "" : " " + detail) + (code.isEmpty() ? "" : " (" + code + ")"));
  }

  private void refuse(JsonNode message, String why) {
    if (Messages.isRequest(message)) {
      messages.fail(message, why);
    } else {
      terminal.say("keyway: " + why);
    }
  }

  /** What a server says unasked; one that says nothing so answers 405. */
  private void listen() {
    String lastId = null;
    while (!isOver) {
      HttpRequest.Builder request = request("text/event-stream").GET();
      if (lastId != null) {
        request.header("Last-Event-ID", lastId);
      }
      try {
        HttpResponse<InputStream> response =
            wire.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
          if (response.statusCode() != 200) {
            return;
          }
          var stream = new EventStream(this::deliver);
          stream.read(body);
          lastId = stream.lastId() == null ? lastId : stream.lastId();
        }
      } catch (CliException | IOException e) {
        // It ended on the way, and is opened again below.
      }
      rest();
    }
  }

  private static void rest() {
    try {
      Thread.sleep(AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish() {
    try {
      open.awaitAdvanceInterruptibly(open.arrive(), PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      terminal.say("keyway: the server has not answered everything");
    }
    isOver = true;
    if (session != null) {
      endSession();
    }
  }

  private void endSession() {
    try {
      wire.send(
          request("application/json").timeout(Duration.ofSeconds(5)).DELETE().build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (CliException e) {
      // The server ends it by itself in its time.
    }
  }
}
