package dev.keyway.conformance.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.McpSession;
import dev.keyway.conformance.harness.NodeProgram;
import dev.keyway.conformance.harness.OpenStream;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The fixtures check themselves: without a gateway between, clients and servers of the suites
 * understand each other.
 */
final class FixtureServersTest {

  @Test
  void server2025_isUnderstoodByTheJavaClient_andItsEndCutsTheStream() {
    try (NodeProgram server = NodeProgram.start(Map.of(), "fixture/server-2025.js")) {
      URI address = URI.create("http://127.0.0.1:" + server.after("listening"));
      try (McpSession session = McpSession.open(address.resolve("/mcp"))) {
        assertThat(session.tools()).contains("test_simple_text");
        assertThat(McpSession.text(session.call("test_simple_text", Map.of())))
            .contains("simple text");
      }
      try (OpenStream stream = OpenStream.open(new Door(address), "/mcp", "X-Nothing", "needed")) {
        assertThat(stream.sessionId()).isNotBlank();
        server.stop();
        assertThat(stream.isCut()).isTrue();
      }
    }
  }

  @Test
  void server2025_isUnderstoodByTheTypescriptClient() {
    try (NodeProgram server = NodeProgram.start(Map.of(), "fixture/server-2025.js")) {
      String url = "http://127.0.0.1:" + server.after("listening") + "/mcp";
      try (NodeProgram client = NodeProgram.start(Map.of(), "hold-session.js", url)) {
        client.after("open");
        client.say("call");
        client.after("ok");
        server.stop();
        client.after("cut:");
        client.say("call");
        assertThat(client.after("refused:")).isNotBlank();
      }
    }
  }
}
