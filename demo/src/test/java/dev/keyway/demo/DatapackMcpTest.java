package dev.keyway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.spec.McpError;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** MEKO-7, MEKO-10: one server, the account's own datapacks by id. */
final class DatapackMcpTest {

  private static final SampleResources resources =
      new SampleResources()
          .datapack("res_a1", "Sales", "acc_a")
          .datapack("res_a2", "Stock", "acc_a")
          .datapack("res_b1", "Payroll", "acc_b")
          .project("res_p1", "acc_a");
  private static final SampleUpstreams samples = SampleUpstreams.start(resources, List.of());

  @AfterAll
  static void stop() {
    samples.close();
  }

  private static McpTestClient client(String account) {
    return McpTestClient.connect(samples.datapacks(), "/mcp", "Keyway-Account-Id", account);
  }

  private static Map<String, Object> question(String datapack) {
    return Map.of("datapack_id", datapack, "question", "How much?");
  }

  @Test
  void list_showsTheAccountsDatapacksOnly() {
    try (McpTestClient client = client("acc_a")) {
      assertThat(Http.objects(client.answer("list_datapacks", Map.of()), "datapacks"))
          .containsExactly(
              Map.of("id", "res_a1", "name", "Sales"), Map.of("id", "res_a2", "name", "Stock"));
    }
  }

  @Test
  void query_ownDatapack_answersTheSameEachTime() {
    try (McpTestClient client = client("acc_a")) {
      Map<String, @Nullable Object> answer = client.answer("query_datapack", question("res_a2"));
      assertThat(answer).containsEntry("source", "Stock").containsEntry("datapack_id", "res_a2");
      assertThat(Http.objects(answer, "rows")).hasSize(4);
      assertThat(client.answer("query_datapack", question("res_a2"))).isEqualTo(answer);
      assertThat(client.answer("query_datapack", question("res_a1")).get("rows"))
          .isNotEqualTo(answer.get("rows"));
    }
  }

  @Test
  void query_foreignUnknownOrOtherKind_isTheSameJsonRpcError() {
    try (McpTestClient client = client("acc_a")) {
      for (String id : List.of("res_b1", "res_none", "res_p1")) {
        assertThatThrownBy(() -> client.call("query_datapack", question(id)))
            .isInstanceOfSatisfying(
                McpError.class,
                error -> {
                  assertThat(error.getJsonRpcError().code()).isEqualTo(-32602);
                  assertThat(error.getJsonRpcError().message())
                      .isEqualTo("Unknown datapack: " + id);
                });
      }
    }
  }

  @Test
  void query_datapackMadeAndDeletedLater_isSeenAtOnce() {
    try (McpTestClient client = client("acc_c")) {
      assertThatThrownBy(() -> client.call("query_datapack", question("res_c1")))
          .isInstanceOf(McpError.class);
      resources.datapack("res_c1", "New", "acc_c");
      assertThat(client.answer("query_datapack", question("res_c1")))
          .containsEntry("source", "New");
      resources.delete("res_c1");
      assertThatThrownBy(() -> client.call("query_datapack", question("res_c1")))
          .isInstanceOf(McpError.class);
    }
  }

  @Test
  void query_withoutArguments_isAToolError() {
    try (McpTestClient client = client("acc_a")) {
      assertThat(client.call("query_datapack", Map.of()).isError()).isTrue();
    }
  }

  @Test
  void mistakeOfAClient_isAJsonRpcErrorWithoutAStackTrace() {
    HttpResponse<String> answer =
        Http.send(
            "POST",
            samples.datapacks(),
            "/mcp",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
            "Keyway-Account-Id",
            "acc_a",
            "Content-Type",
            "application/json",
            "Accept",
            "application/json, text/event-stream");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{")
        .doesNotContain("stackTrace", "java", "suppressed");
  }

  @Test
  void anyRequest_withoutAccount_isRefused() {
    HttpResponse<String> answer = Http.send("POST", samples.datapacks(), "/mcp", "{}");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Http.errorCode(answer)).isEqualTo("identity_required");
  }
}
