package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.McpSession;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.OpenStream;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Secrets;
import dev.keyway.conformance.harness.Tenants;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What MemoryLake promises: one key per MCP server of a project (requirements LAKE-1 to LAKE-7,
 * without the portal).
 */
final class MemorylakeConformanceTest {

  private static final String PREFIX = "mlk_";

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();
  private final String account = tenants.account("memorylake");
  private final String project = tenants.resource("memorylake", account, "project");

  @Test
  @DisplayName("LAKE-1 API: a description is kept and optional, up to 500 characters")
  void description_isOptional() {
    assertThat(create().expect(201).at("key.description").isNull()).isTrue();
    String text = "Cursor on the laptop, staging";
    Answer described = operator.post("/v1/keys", body().put("description", text)).expect(201);
    assertThat(described.text("key.description")).isEqualTo(text);
    operator.post("/v1/keys", body().put("description", "x".repeat(500))).expect(201);
    operator
        .post("/v1/keys", body().put("description", "x".repeat(501)))
        .problem(400, "invalid_request");
  }

  @Test
  @DisplayName("LAKE-2 API: secret and endpoint URL are in the creation's answer and nowhere else")
  void secret_afterCreation_cannotBeHadAgain() {
    NewKey key = tenants.projectKey(account, project);
    assertThat(key.secret()).matches(KeyForm.pattern(PREFIX));
    Answer row = operator.get("/v1/keys/" + key.id()).expect(200);
    Secrets.assertAbsent(row, key, PREFIX);
    assertThat(row.at("hint").isNull() && row.at("prefix").isNull() && row.at("suffix").isNull())
        .isTrue();
    assertThat(row.at("endpoint_url").isMissingNode() || row.at("endpoint_url").isNull()).isTrue();
  }

  @Test
  @DisplayName("LAKE-3 an MCP client that knows only the endpoint URL works")
  void endpointUrl_alone_connectsAnMcpClient() {
    Answer created = create().expect(201);
    String url = created.text("endpoint_url");
    assertThat(url).endsWith("/mcp/v1?apikey=" + created.text("secret"));
    assertThat(URI.create(url).getAuthority()).isEqualTo(keyway.gateway().getAuthority());
    try (McpSession session = McpSession.open(URI.create(url))) {
      assertThat(session.tools()).isNotEmpty();
    }
  }

  @Test
  @DisplayName("LAKE-4 a key opens its own project and no other")
  void key_onAnotherProject_isOutOfScope() {
    String other = tenants.resource("memorylake", account, "project");
    NewKey key = tenants.projectKey(account, project);
    door.initialize(path(project) + "?apikey=" + key.secret()).expect(200);
    door.initialize(path(other) + "?apikey=" + key.secret()).problem(403, "out_of_scope");
    assertThat(tenants.verify(key.secret(), "memorylake", project).text("code")).isEqualTo("valid");
    assertThat(tenants.verify(key.secret(), "memorylake", other).text("code"))
        .isEqualTo("out_of_scope");
  }

  @Test
  @DisplayName("LAKE-5 several keys per project, each deletable alone")
  void keys_ofOneProject_areDeletedAlone() {
    List<NewKey> keys =
        List.of(
            tenants.projectKey(account, project),
            tenants.projectKey(account, project),
            tenants.projectKey(account, project));
    operator.delete("/v1/keys/" + keys.get(1).id()).expect(200);
    knock(keys.get(0)).expect(200);
    knock(keys.get(1)).problem(401, "invalid_key");
    knock(keys.get(2)).expect(200);
  }

  @Test
  @DisplayName("LAKE-6 after a delete the next request gets 401, and an open stream is cut")
  void deletedKey_isRefusedAtOnce() {
    NewKey key = tenants.projectKey(account, project);
    try (OpenStream stream = OpenStream.open(door, "/memorylake/mcp/v1", key)) {
      Answer deleted = operator.delete("/v1/keys/" + key.id()).expect(200);
      knock(key).problem(401, "invalid_key");
      assertThat(stream.isCut()).isTrue();
      assertThat(deleted.text("key.status")).isEqualTo("revoked");
    }
  }

  @Test
  @DisplayName(
      "LAKE-6 API: a deleted key leaves the active rows and stays under the filter revoked")
  void deletedKey_isFoundByTheFilter() {
    NewKey kept = tenants.projectKey(account, project);
    NewKey deleted = tenants.projectKey(account, project);
    tenants.revoke(deleted.id());
    String list = "/v1/keys?product=memorylake&account=" + account + "&status=";
    assertThat(ids(operator.get(list + "active"))).containsExactly(kept.id());
    assertThat(ids(operator.get(list + "revoked"))).containsExactly(deleted.id());
  }

  @Test
  @DisplayName("LAKE-7 a key from the query is in no log, metric or audit row")
  void queryKey_leavesNoTraceInsideKeyway() {
    NewKey key = tenants.projectKey(account, project);
    knock(key).expect(200);
    tenants.revoke(key.id());
    knock(key).problem(401, "invalid_key");
    String part = Secrets.secretPart(key.secret(), PREFIX);
    assertThat(keyway.output()).doesNotContain(part);
    assertThat(keyway.anonymous().get("/metrics").expect(200).body()).doesNotContain(part);
    Secrets.assertAbsent(
        operator.get("/v1/audit?product=memorylake&key=" + key.id()).expect(200), key, PREFIX);
  }

  private Answer knock(NewKey key) {
    return door.knock("memorylake", key.secret());
  }

  private static String path(String project) {
    return "/memorylake/projects/" + project + "/mcp/v1";
  }

  private ObjectNode body() {
    return Json.of("product", "memorylake", "account", account, "resource", project);
  }

  private Answer create() {
    return operator.post("/v1/keys", body());
  }

  private static List<String> ids(Answer list) {
    return list.expect(200).data().stream().map(row -> row.at("/id").asText()).toList();
  }
}
