package dev.keyway.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keyway.cli.CliException;
import dev.keyway.cli.ExitCode;
import dev.keyway.cli.Terminal;
import dev.keyway.cli.credential.Credential;
import dev.keyway.cli.http.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client hears of servers that do not do as they should. */
final class BridgeTest {
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

  private final StringWriter out = new StringWriter();
  private final List<String> methods = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Answering answering = (_, exchange) -> answer(exchange, 500, "text/plain", "");

  private interface Answering {
    void answer(String method, HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void forgottenSession_isBegunAnew_andTheRequestRepeated() throws IOException {
    var sessions = new AtomicInteger();
    answering =
        (method, exchange) -> {
          switch (method) {
            case "initialize" -> {
              exchange.getResponseHeaders().set("Mcp-Session-Id", "s" + sessions.incrementAndGet());
              answer(
                  exchange,
                  200,
                  "application/json",
                  result(1, "{\"protocolVersion\":\"2025-06-18\"}"));
            }
            case "tools/list" -> {
              boolean isNew = "s2".equals(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"));
              answer(
                  exchange, isNew ? 200 : 404, "application/json", isNew ? result(2, "{}") : "{}");
            }
            default -> answer(exchange, method.isEmpty() ? 405 : 202, "text/plain", "");
          }
        };

    List<JsonNode> answers = run(INITIALIZE, INITIALIZED, LIST);

    assertThat(answers).extracting(answer -> answer.path("id").asInt()).containsExactly(1, 2);
    assertThat(answers.getLast().has("result")).isTrue();
    assertThat(methods.stream().filter(method -> !method.isEmpty()))
        .containsExactly(
            "initialize",
            "notifications/initialized",
            "tools/list",
            "initialize",
            "notifications/initialized",
            "tools/list");
  }

  @Test
  void answerThatNeverComes_isAnError() throws IOException {
    answering = (_, exchange) -> answer(exchange, 200, "text/event-stream", ": nothing\n\n");
    assertThat(error(run(LIST))).contains("without an answer");

    answering = (_, exchange) -> answer(exchange, 200, "text/html", "<html>welcome</html>");
    assertThat(error(run(LIST))).contains("without an answer");

    answering = (_, exchange) -> answer(exchange, 202, "text/plain", "");
    assertThat(error(run(LIST))).contains("without an answer");
  }

  @Test
  void errorOfTheServer_getsTheRequestsId() throws IOException {
    answering =
        (_, exchange) ->
            answer(
                exchange,
                400,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"no\"}}");

    assertThat(error(run(LIST))).isEqualTo("no");
  }

  @Test
  void notificationThatHangs_keepsNothingElse() throws IOException {
    var isOver = new CountDownLatch(1);
    answering =
        (method, exchange) -> {
          if (method.equals("tools/call")) {
            try {
              isOver.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          answer(exchange, 200, "application/json", result(2, "{}"));
        };
    String hanging = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{}}";

    List<JsonNode> answers = run(hanging, LIST);
    isOver.countDown();

    // The other may still be answered with an error, when the bridge ends.
    assertThat(answers.getFirst().path("id").asInt()).isEqualTo(2);
    assertThat(answers).allMatch(answer -> answer.path("id").asInt() == 2 || answer.has("error"));
  }

  @Test
  void batch_isRefusedForEachOfItsRequests() throws IOException {
    answering = (_, exchange) -> answer(exchange, 503, "application/json", "{\"title\":\"Away.\"}");

    List<JsonNode> answers = run("[" + LIST + "," + INITIALIZED + "," + INITIALIZE + "]");

    assertThat(answers)
        .extracting(answer -> answer.path("id").asInt())
        .containsExactlyInAnyOrder(1, 2);
    assertThat(answers).allMatch(answer -> error(List.of(answer)).equals("Away."));
  }

  @Test
  void serverThatIsNotFound_isToldByAnAnswer() throws IOException {
    var bridge =
        new Bridge(
            terminal(LIST),
            () -> {
              throw new CliException(ExitCode.UNAVAILABLE, "no server");
            },
            Duration.ofSeconds(1));
    bridge.run();

    assertThat(error(answers())).isEqualTo("no server");
  }

  private List<JsonNode> run(String... lines) throws IOException {
    out.getBuffer().setLength(0);
    Terminal terminal = terminal(String.join("\n", lines));
    try (var wire = new Wire(terminal)) {
      URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
      var remote = new McpServer(wire, address, new Credential("k"));
      new Bridge(terminal, () -> remote, Duration.ofSeconds(3)).run();
    }
    return answers();
  }

  private List<JsonNode> answers() {
    return out.toString().lines().map(Messages::read).toList();
  }

  private static String error(List<JsonNode> answers) {
    assertThat(answers).hasSize(1);
    return answers.getFirst().at("/error/message").asText();
  }

  private Terminal terminal(String input) {
    return new Terminal(
        new PrintWriter(out, true),
        new PrintWriter(PrintWriter.nullWriter()),
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        _ -> null,
        null);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String method = Messages.read(body).path("method").asText("");
    methods.add(method);
    answering.answer(method, exchange);
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String result(int id, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":%s}".formatted(id, result);
  }
}
