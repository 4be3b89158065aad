package dev.keyway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MEMO-11 over MCP, and the transport that all samples of the SDK share. */
final class TranscriptionMcpTest {

  private static final String WORKSPACE = "Keyway-Workspace-Id";
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;
  private static final SampleUpstreams samples =
      SampleUpstreams.start(new SampleResources(), List.of("ws_one"));

  @AfterAll
  static void stop() {
    samples.close();
  }

  private static McpTestClient client(String workspace) {
    return McpTestClient.connect(samples.transcriptionsMcp(), "/mcp", WORKSPACE, workspace);
  }

  private static List<Map<String, @Nullable Object>> list(McpTestClient client) {
    return Http.objects(client.answer("list_transcriptions", Map.of()), "transcriptions");
  }

  private static String firstId(McpTestClient client) {
    return String.valueOf(list(client).getFirst().get("id"));
  }

  @Test
  void tools_areThoseOfTheSampleAndTheStreams() {
    try (McpTestClient client = client("ws_one")) {
      assertThat(client.toolNames())
          .containsExactlyInAnyOrder(
              "list_transcriptions",
              "get_transcription",
              "export_transcription",
              "count_slowly",
              "announce");
    }
  }

  @Test
  void tools_showTheSameDataAsTheRestApi() {
    String root = "/api/v1/developer/transcriptions";
    HttpResponse<String> rest =
        Http.send("GET", samples.transcriptions(), root, "", WORKSPACE, "ws_one");
    try (McpTestClient client = client("ws_one")) {
      assertThat(list(client)).isEqualTo(Http.objects(Http.json(rest), "data"));
      String id = firstId(client);
      HttpResponse<String> one =
          Http.send("GET", samples.transcriptions(), root + "/" + id, "", WORKSPACE, "ws_one");
      assertThat(client.answer("get_transcription", Map.of("id", id))).isEqualTo(Http.json(one));
      HttpResponse<String> srt =
          Http.send(
              "GET",
              samples.transcriptions(),
              root + "/" + id + "/export?format=srt",
              "",
              WORKSPACE,
              "ws_one");
      assertThat(client.answer("export_transcription", Map.of("id", id, "format", "srt")))
          .containsEntry("text", srt.body());
    }
  }

  @Test
  void foreignTranscription_isAJsonRpcError() {
    try (McpTestClient one = client("ws_one");
        McpTestClient two = client("ws_two")) {
      String foreign = firstId(two);
      for (String tool : List.of("get_transcription", "export_transcription")) {
        assertThatThrownBy(() -> one.call(tool, Map.of("id", foreign)))
            .isInstanceOfSatisfying(
                McpError.class,
                error -> assertThat(error.getJsonRpcError().code()).isEqualTo(-32602));
      }
    }
  }

  @Test
  void countSlowly_withProgressToken_reportsEachStep() throws InterruptedException {
    try (McpTestClient client = client("ws_one")) {
      client.callWithProgress("count_slowly", "t-1", Map.of("steps", 3, "interval_ms", 1));
      List<ProgressNotification> progress = client.awaitProgress(3);
      assertThat(progress)
          .extracting(ProgressNotification::progress)
          .containsExactlyInAnyOrder(1.0, 2.0, 3.0);
      assertThat(progress).allMatch(it -> it.progressToken().equals("t-1"));
    }
  }

  private static String newSession() {
    return Http.send("POST", samples.transcriptionsMcp(), "/mcp", INITIALIZE, headers("ws_one", ""))
        .headers()
        .firstValue("Mcp-Session-Id")
        .orElseThrow();
  }

  private static String[] headers(String workspace, String session) {
    return session.isEmpty()
        ? new String[] {
          WORKSPACE,
          workspace,
          "Content-Type",
          "application/json",
          "Accept",
          "application/json, text/event-stream"
        }
        : new String[] {
          WORKSPACE,
          workspace,
          "Content-Type",
          "application/json",
          "Accept",
          "application/json, text/event-stream",
          "Mcp-Session-Id",
          session,
          "MCP-Protocol-Version",
          "2025-11-25"
        };
  }

  @Test
  void countSlowly_onTheWire_isAnEventStream() {
    String call =
        """
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"count_slowly",\
        "arguments":{"steps":3,"interval_ms":0},"_meta":{"progressToken":7}}}\
        """;
    String session = newSession();
    HttpResponse<Stream<String>> answer =
        Http.stream("POST", samples.transcriptionsMcp(), "/mcp", call, headers("ws_one", session));
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(answer.body().filter(line -> line.startsWith("data:")))
        .hasSize(4)
        .last()
        .asString()
        .contains("Counted to 3.");
  }

  @Test
  void countSlowly_firstProgress_arrivesWhileTheCallIsOpen() {
    String call =
        """
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"count_slowly",\
        "arguments":{"steps":1000,"interval_ms":100},"_meta":{"progressToken":7}}}\
        """;
    HttpResponse<Stream<String>> answer =
        Http.stream(
            "POST", samples.transcriptionsMcp(), "/mcp", call, headers("ws_one", newSession()));
    try (Stream<String> lines = answer.body()) {
      assertThat(lines.filter(line -> line.startsWith("data:")).findFirst().orElseThrow())
          .contains("notifications/progress", "1 of 1000");
    }
  }

  @Test
  void getStream_opensBeforeNewsAndBringsIt() {
    String session = newSession();
    HttpResponse<Stream<String>> stream =
        Http.stream("GET", samples.transcriptionsMcp(), "/mcp", "", headers("ws_one", session));
    assertThat(stream.statusCode()).isEqualTo(200);
    String call =
        """
        {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"announce",\
        "arguments":{"text":"hello"}}}\
        """;
    try (Stream<String> lines = stream.body()) {
      assertThat(
              Http.send(
                      "POST", samples.transcriptionsMcp(), "/mcp", call, headers("ws_one", session))
                  .body())
          .contains("Announced.");
      assertThat(lines.filter(line -> line.startsWith("data:")).findFirst().orElseThrow())
          .contains("notifications/message", "hello");
    }
  }

  @Test
  void session_carriesNoIdentity() {
    String session = newSession();
    String call =
        """
        {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"list_transcriptions",\
        "arguments":{}}}\
        """;
    HttpResponse<String> other =
        Http.send("POST", samples.transcriptionsMcp(), "/mcp", call, headers("ws_two", session));
    assertThat(other.body()).contains("ws_two").doesNotContain("ws_one");
  }

  @Test
  void session_deleted_isNotFound() {
    String session = newSession();
    assertThat(
            Http.send("DELETE", samples.transcriptionsMcp(), "/mcp", "", headers("ws_one", session))
                .statusCode())
        .isEqualTo(200);
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\"}";
    assertThat(
            Http.send("POST", samples.transcriptionsMcp(), "/mcp", ping, headers("ws_one", session))
                .statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1.evil.example:80"})
  void foreignOrigin_isForbidden(String origin) {
    HttpResponse<String> answer =
        Http.send(
            "POST",
            samples.transcriptionsMcp(),
            "/mcp",
            INITIALIZE,
            WORKSPACE,
            "ws_one",
            "Content-Type",
            "application/json",
            "Accept",
            "application/json, text/event-stream",
            "Origin",
            origin);
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void anyRequest_withoutWorkspace_isRefused() {
    HttpResponse<String> answer =
        Http.send("POST", samples.transcriptionsMcp(), "/mcp", INITIALIZE);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Http.errorCode(answer)).isEqualTo("identity_required");
  }
}
