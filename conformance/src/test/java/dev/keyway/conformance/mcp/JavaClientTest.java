package dev.keyway.conformance.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.McpSession;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official MCP Java client through the gateway with a key, and stopped mid-session by a revoke.
 */
@DisplayName("MCP: the official Java client")
final class JavaClientTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({"MEKO, /meko/mcp", "MEMO, /memo/mcp", "MEMORYLAKE, /memorylake/mcp/v1"})
  @DisplayName("MEKO-8 LAKE-6 MEMO-11 a session works with the key and ends with its revoke")
  void session_worksUntilItsKeyIsRevoked(Products product, String path) {
    NewKey key = product.newKey(tenants);
    try (McpSession session = McpSession.open(keyway.gateway().resolve(path), key)) {
      assertThat(session.tools()).isNotEmpty();
      tenants.revoke(key.id());
      assertThatThrownBy(session::tools).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  @DisplayName("LAKE-3 a session that knows only the endpoint URL ends with the key's revoke")
  void sessionOfAUrl_worksUntilItsKeyIsRevoked() {
    String account = tenants.account("memorylake");
    String project = tenants.resource("memorylake", account, "project");
    Answer created =
        keyway
            .operator()
            .post(
                "/v1/keys",
                Json.of("product", "memorylake", "account", account, "resource", project))
            .expect(201);
    try (McpSession session = McpSession.open(URI.create(created.text("endpoint_url")))) {
      assertThat(session.tools()).isNotEmpty();
      tenants.revoke(created.text("key.id"));
      assertThatThrownBy(session::tools).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void client_withAKeyThatIsRevoked_cannotConnect() {
    NewKey key = Products.MEKO.newKey(tenants);
    tenants.revoke(key.id());
    URI url = keyway.gateway().resolve("/meko/mcp");
    assertThatThrownBy(() -> McpSession.open(url, key).close())
        .isInstanceOf(RuntimeException.class);
  }
}
