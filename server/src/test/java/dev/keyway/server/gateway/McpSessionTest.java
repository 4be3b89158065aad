package dev.keyway.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.door.RawClient;
import dev.keyway.server.door.RawClient.Answer;
import dev.keyway.server.door.TestKeys.Issued;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MCP sessions belong to the key they were opened with. */
class McpSessionTest {
  private TestGateway gateway;
  private RawClient client;
  private Issued key;

  @BeforeEach
  void start() throws IOException {
    gateway = new TestGateway();
    client = gateway.client();
    key = gateway.memoKey();
    gateway.upstream.script(conversation -> {
      conversation.readBody();
      conversation.answer("HTTP/1.1 200 OK", "Mcp-Session-Id: inner", "Content-Length: 0");
    });
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    gateway.close();
  }

  @Test
  void session_roundTrip_isTheUpstreamsOwn() throws Exception {
    String session = open("/memo/mcp");
    assertThat(session).matches("inner\\.[0-9A-Za-z_-]{43}");
    gateway.upstream.next();

    for (String method : new String[] {"POST", "GET", "DELETE"}) {
      String line = method + " /memo/mcp";
      assertThat(client.ask(line, key.bearer(), "mcp-session-id: " + session).status())
          .isEqualTo(200);
      assertThat(gateway.upstream.next().headers("Mcp-Session-Id")).containsExactly("inner");
    }
  }

  @Test
  void session_anotherKeyOrNoTag_isNotFound() throws Exception {
    String session = open("/memo/mcp");
    gateway.upstream.next();
    Issued other = gateway.memoKey();

    assertForeign(client.ask("POST /memo/mcp", other.bearer(), "Mcp-Session-Id: " + session));
    assertForeign(client.ask("POST /memo/mcp", key.bearer(), "Mcp-Session-Id: inner"));
    assertForeign(
        client.ask(
            "POST /memo/mcp",
            key.bearer(),
            "Mcp-Session-Id: " + session,
            "Mcp-Session-Id: " + session));
    assertThat(gateway.upstream.wasReached()).isFalse();
  }

  @Test
  void session_wrongKey_isAWrongKeyFirst() throws Exception {
    Answer answer =
        client.ask("POST /memo/mcp", "Authorization: Bearer x", "Mcp-Session-Id: inner");

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void foreignSession_countsNothing() throws Exception {
    client.ask("POST /memo/limited-mcp", key.bearer(), "Mcp-Session-Id: inner");

    Answer first = client.ask("POST /memo/limited-mcp", key.bearer());

    assertThat(first.header("RateLimit")).startsWith("\"data\";r=4;");
  }

  @Test
  void otherRoutes_keepTheHeaderAsItIs() throws Exception {
    Answer answer = client.ask("GET /memo/all", key.bearer(), "Mcp-Session-Id: mine");

    assertThat(answer.header("Mcp-Session-Id")).isEqualTo("inner");
    assertThat(gateway.upstream.next().header("Mcp-Session-Id")).isEqualTo("mine");
  }

  private String open(String path) throws IOException {
    Answer answer = client.ask("POST " + path, key.bearer(), "Content-Length: 0");
    return String.valueOf(answer.header("Mcp-Session-Id"));
  }

  private static void assertForeign(Answer answer) {
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("not_found");
  }
}
