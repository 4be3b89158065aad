package dev.keyway.conformance.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.NodeProgram;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official MCP TypeScript client through the gateway with a key, and stopped mid-session by a
 * revoke.
 */
@DisplayName("MCP: the official TypeScript client")
final class TypescriptClientTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({"MEKO, /meko/mcp", "MEMO, /memo/mcp", "MEMORYLAKE, /memorylake/mcp/v1"})
  @DisplayName(
      "MEKO-8 LAKE-6 MEMO-11 the client's open stream is cut and its next call refused by a revoke")
  void session_isStoppedByARevoke(Products product, String path) {
    NewKey key = product.newKey(tenants);
    String url = keyway.gateway().resolve(path).toString();
    try (NodeProgram client =
        NodeProgram.start(Map.of("MCP_KEY", key.secret()), "hold-session.js", url)) {
      client.after("open");
      client.say("call");
      client.after("ok");
      tenants.revoke(key.id());
      client.after("cut:");
      client.say("call");
      assertThat(client.after("refused:")).contains("401");
    }
  }

  @Test
  @DisplayName("LAKE-3 the client needs nothing but the endpoint URL")
  void client_connectsByTheEndpointUrlAlone() {
    Answer created =
        keyway.operator().post("/v1/keys", Products.MEMORYLAKE.newRequest(tenants)).expect(201);
    try (NodeProgram client =
        NodeProgram.start(Map.of(), "list-tools.js", created.text("endpoint_url"))) {
      JsonNode printed =
          Json.read(client.after("{\"tools\":").transform(rest -> "{\"tools\":" + rest));
      assertThat(printed.at("/tools").size()).isPositive();
    }
  }

  @Test
  void client_withoutAKey_isRefused() {
    String url = keyway.gateway().resolve("/meko/mcp").toString();
    try (NodeProgram client = NodeProgram.start(Map.of(), "list-tools.js", url)) {
      assertThat(String.join("\n", client.toEnd())).doesNotContain("{\"tools\":").contains("401");
    }
  }
}
