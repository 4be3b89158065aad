package dev.keyway.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.McpSession;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.NodeProgram;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A product that Keyway does not know, made by writing one profile, in front of two upstreams that
 * nobody here wrote: {@code @modelcontextprotocol/server-everything} and the JDK's own HTTP server.
 */
@DisplayName("A fifth product by a fifth file")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FifthProductTest {

  private static final String EVERYTHING =
      "node_modules/@modelcontextprotocol/server-everything/dist/index.js";

  private NodeProgram everything;
  private HttpServer files;
  private ServedKeyway keyway;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    int port = freePort();
    everything =
        NodeProgram.start(Map.of("PORT", String.valueOf(port)), EVERYTHING, "streamableHttp");
    files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    files.createContext(
        "/files",
        exchange -> {
          byte[] body = ("served " + exchange.getRequestURI()).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    files.start();
    Files.createDirectories(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/acme.yaml"), Resource.text("acme/acme.yaml"));
    String addresses =
        """
        upstreams:
          acme:
            everything: "http://127.0.0.1:%d"
            files: "http://127.0.0.1:%d"
        """
            .formatted(port, files.getAddress().getPort());
    keyway = ServedKeyway.start(data, addresses, Map.of());
    everything.after("MCP Streamable HTTP Server listening");
  }

  @AfterAll
  void stop() {
    keyway.close();
    files.stop(0);
    everything.close();
  }

  @Test
  void javaClient_listsAndCallsTheTools_untilTheKeyIsRevoked() {
    NewKey key = key();
    try (McpSession session = McpSession.open(mcp(), key)) {
      assertThat(session.tools()).contains("echo");
      assertThat(McpSession.text(session.call("echo", Map.of("message", "through Keyway"))))
          .contains("through Keyway");
      keyway.tenants().revoke(key.id());
      assertThatThrownBy(session::tools).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void typescriptClient_listsAndCallsTheTools() {
    NewKey key = key();
    String[] call = {"list-tools.js", mcp().toString(), "echo", "{\"message\":\"through Keyway\"}"};
    try (NodeProgram client = NodeProgram.start(Map.of("MCP_KEY", key.secret()), call)) {
      JsonNode printed = Json.read("{\"tools\":" + client.after("{\"tools\":"));
      assertThat(printed.at("/called/content/0/text").asText()).contains("through Keyway");
    }
  }

  @Test
  void plainHttp_isServedInBothPlaces_andByItsMethodsOnly() {
    NewKey key = key();
    assertThat(keyway.door().getAs(key, "/acme/files/a%20b?c=1").expect(200).body())
        .isEqualTo("served /files/a%20b?c=1");
    keyway.door().get("/acme/files/x", "X-API-Key", key.secret()).expect(200);
    keyway
        .door()
        .call("DELETE", "/acme/files/x", "", "Authorization", key.bearer())
        .problem(405, "method_not_allowed");
    keyway.door().get("/acme/files/x").problem(401, "missing_key");
  }

  @Test
  void rulesOfTheProfile_hold() {
    Tenants tenants = keyway.tenants();
    String account = tenants.account("acme");
    JsonNode request = Json.of("product", "acme", "account", account, "name", "laptop/acme");
    for (int i = 0; i < 3; i++) {
      assertThat(tenants.create(request).secret()).startsWith("acme_");
    }
    keyway.operator().post("/v1/keys", request).problem(409, "key_limit_reached");
    keyway
        .operator()
        .post("/v1/keys", Json.of("product", "acme", "account", account))
        .problem(400, "invalid_name");
  }

  @Test
  void firstStart_wroteOneOperatorKeyForItsOwnerOnly_andSaidWhere() throws IOException {
    Path file = keyway.data().resolve("operator-key");
    assertThat(Files.readString(file).strip()).startsWith("kwo_");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(keyway.output())
        .contains("operator-key")
        .contains("curl")
        .doesNotContain(Files.readString(file).strip());
  }

  @Test
  void secondProcess_onTheSameFolder_ends(@TempDir Path elsewhere) {
    String data = keyway.data().toString();
    int status = Program.run(elsewhere, "serve", "--config", data + "/keyway.yaml", "--data", data);
    assertThat(status).isNotZero();
  }

  @Test
  void emptyFolder_withoutProfiles_endsWithOneLineThatSaysInit(@TempDir Path empty)
      throws IOException {
    assertThat(Program.run(empty, "serve", "--data", empty.resolve("data").toString())).isNotZero();
    assertThat(Files.readString(empty.resolve("keyway.log"))).contains("keyway init");
  }

  private URI mcp() {
    return keyway.gateway().resolve("/acme/mcp");
  }

  private NewKey key() {
    Tenants tenants = keyway.tenants();
    return tenants.create(
        Json.of("product", "acme", "account", tenants.account("acme"), "name", "laptop/acme"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
