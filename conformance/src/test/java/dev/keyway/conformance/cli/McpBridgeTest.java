package dev.keyway.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.CommandRun;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.NodeProgram;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MCP clients that only start programs, and those that ask a helper for headers. */
@DisplayName("Command line: MCP clients")
final class McpBridgeTest {
  @TempDir Path home;

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();

  @ParameterizedTest
  @EnumSource(names = {"MEKO", "MEMO", "MEMORYLAKE"})
  @DisplayName(
      "MEKO-3 MEMO-11 the official client starts the bridge, and a revoke ends its session")
  void proxy_carriesTheOfficialClient(Products product) {
    NewKey key = product.newKey(tenants);
    var environment = new HashMap<>(line(key).environment());
    environment.put("BRIDGE", String.join("\n", Program.commandLine("mcp", "proxy")));
    try (NodeProgram client = NodeProgram.start(environment, "stdio-session.js")) {
      JsonNode tools = Json.read(client.after("tools:"));
      assertThat(tools.isArray()).isTrue();
      assertThat(tools).isNotEmpty();
      tenants.revoke(key.id());
      client.say("call");
      assertThat(client.after("refused:")).contains("invalid_key").doesNotContain(key.secret());
    }
  }

  @Test
  @DisplayName("A request of the revision without sessions gets the headers that it must have")
  void proxy_carriesTheModernEra() {
    Bench bench = Bench.shared();
    String path = Bench.unique("/mcp");
    bench
        .upstream()
        .on(
            path,
            (_, wire) ->
                wire.respond(
                    200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":7,\n\"result\":{}}"));
    String line =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"wetter für\","
            + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}\n";

    CommandRun run =
        line(bench.key("echo"))
            .fed(line, "mcp", "proxy", "--url", bench.keyway().gateway() + "/echo" + path);

    assertThat(run.out()).hasLineCount(1);
    assertThat(Json.read(run.out()).path("id").asInt()).isEqualTo(7);
    WireMessage seen = bench.upstream().next(path);
    assertThat(seen.header("Mcp-Protocol-Version")).hasValue("2026-07-28");
    assertThat(seen.header("Mcp-Method")).hasValue("tools/call");
    assertThat(seen.header("Mcp-Name")).hasValue("=?base64?d2V0dGVyIGbDvHI=?=");
    assertThat(seen.header("Accept"))
        .hasValueSatisfying(accept -> assertThat(accept).contains("text/event-stream"));
    assertThat(seen.headers("Mcp-Session-Id")).isEmpty();
  }

  @Test
  @DisplayName("ALL-5 an outage is told as one, and not as a wrong key")
  void proxy_withoutAServer_answersItsRequests() {
    NewKey key = Products.MEMO.newKey(tenants);
    CommandRun run =
        line(key)
            .fed(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\nnonsense\n",
                "mcp",
                "proxy",
                "--url",
                "http://127.0.0.1:9/mcp");
    assertThat(run.out().lines().filter(line -> line.contains("\"id\":1")).toList())
        .singleElement()
        .asString()
        .contains("cannot be reached");
    assertThat(run.out()).contains("-32700");
  }

  @Test
  @DisplayName("A header helper answers with the key's header as JSON")
  void headers_areJson() {
    NewKey key = Products.MEMO.newKey(tenants);
    JsonNode headers = Json.read(line(key).run("mcp", "headers").out());
    assertThat(headers.path("Authorization").asText()).isEqualTo("Bearer " + key.secret());
  }

  @Test
  @DisplayName(
      "MEKO-3 connect shows a client's way without the key, and writes its file after consent")
  void connect_showsAndWrites() throws IOException {
    NewKey key = Products.MEKO.newKey(tenants);
    CommandLine line = line(key);
    assertThat(line.run("connect").out()).contains("claude-code").contains("cursor");
    CommandRun unknown = line.run("connect", "curser");
    assertThat(unknown.status()).isEqualTo(3);
    assertThat(unknown.err()).contains("did you mean 'cursor'?");

    CommandRun shown = line.run("connect", "claude-code");
    assertThat(shown.out()).contains("claude mcp add").contains("${MEKO_API_KEY}");
    assertThat(shown.out() + shown.err()).doesNotContain(key.secret());

    Path file = home.resolve(".cursor/mcp.json");
    CommandRun unsure = line.run("connect", "cursor", "--form", "inline", "--write");
    assertThat(unsure.status()).isEqualTo(2);
    assertThat(file).doesNotExist();
    CommandRun written = line.run("connect", "cursor", "--form", "inline", "--write", "--yes");
    assertThat(written.status()).as(written.err()).isZero();
    assertThat(written.out() + written.err()).contains("+++").doesNotContain(key.secret());
    JsonNode server = Json.read(Files.readString(file)).at("/mcpServers/keyway-meko");
    assertThat(server.path("url").asText()).startsWith(keyway.gateway().toString());
    assertThat(server.at("/headers/Authorization").asText()).isEqualTo("Bearer " + key.secret());
  }

  private CommandLine line(NewKey key) {
    return new CommandLine(home)
        .with("KEYWAY_API_KEY", key.secret())
        .with("KEYWAY_SERVER", keyway.control().toString());
  }
}
