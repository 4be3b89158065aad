package dev.keyway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** LAKE-4: a key opens its own project, and no other. */
final class MemoryMcpTest {

  private static final SampleResources resources =
      new SampleResources()
          .project("res_p1", "acc_a")
          .project("res_p2", "acc_a")
          .datapack("res_d1", "Sales", "acc_a");
  private static final SampleUpstreams samples = SampleUpstreams.start(resources, List.of());

  @AfterAll
  static void stop() {
    samples.close();
  }

  private static McpTestClient client(String path, String project) {
    return McpTestClient.connect(samples.memory(), path, "Keyway-Resource-Id", project);
  }

  private static List<Object> recalled(McpTestClient client, String query) {
    return Http.objects(client.answer("recall", Map.of("query", query)), "memories").stream()
        .<Object>map(it -> String.valueOf(it.get("text")))
        .toList();
  }

  @Test
  void recall_findsWhatTheProjectRememberedBestFirst() {
    try (McpTestClient client = client("/mcp/v1", "res_p1")) {
      client.answer("remember", Map.of("text", "The cat likes milk."));
      client.answer("remember", Map.of("text", "Black cat, black coffee."));
      client.answer("remember", Map.of("text", "The dog sleeps."));
      assertThat(recalled(client, "black CAT"))
          .containsExactly("Black cat, black coffee.", "The cat likes milk.");
      assertThat(recalled(client, "elephant")).isEmpty();
    }
  }

  @Test
  void recall_otherProject_findsNothingOfThisOne() {
    try (McpTestClient one = client("/mcp/v1", "res_p1");
        McpTestClient two = client("/mcp/v1", "res_p2")) {
      one.answer("remember", Map.of("text", "Only for one: zebra."));
      assertThat(recalled(two, "zebra")).isEmpty();
      assertThat(recalled(one, "zebra")).containsExactly("Only for one: zebra.");
    }
  }

  @Test
  void projectsOwnPath_leadsToTheSameProject() {
    try (McpTestClient common = client("/mcp/v1", "res_p2");
        McpTestClient own = client("/projects/res_p2/mcp/v1", "res_p2")) {
      common.answer("remember", Map.of("text", "A walrus."));
      assertThat(recalled(own, "walrus")).containsExactly("A walrus.");
    }
  }

  private static HttpResponse<String> post(String path, String... headers) {
    return Http.send("POST", samples.memory(), path, "{}", headers);
  }

  @Test
  void anyRequest_withoutProject_isRefused() {
    HttpResponse<String> answer = post("/mcp/v1", "Keyway-Account-Id", "acc_a");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Http.errorCode(answer)).isEqualTo("identity_required");
  }

  @Test
  void otherProjectsPath_isRefused() {
    HttpResponse<String> answer = post("/projects/res_p1/mcp/v1", "Keyway-Resource-Id", "res_p2");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Http.errorCode(answer)).isEqualTo("other_project");
  }

  @Test
  void unknownProject_isNotFound() {
    assertThat(post("/mcp/v1", "Keyway-Resource-Id", "res_none").statusCode()).isEqualTo(404);
    assertThat(post("/mcp/v1", "Keyway-Resource-Id", "res_d1").statusCode()).isEqualTo(404);
    assertThat(post("/else/mcp/v1", "Keyway-Resource-Id", "res_p1").statusCode()).isEqualTo(404);
  }
}
