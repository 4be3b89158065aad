package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.McpSession;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.OpenStream;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Secrets;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What Memo AI promises: workspace keys with plans and roles (requirements MEMO-1 to MEMO-11,
 * without the portal).
 */
final class MemoConformanceTest {

  private static final String PREFIX = "mk_live_";
  private static final String LIST = "/memo/api/v1/developer/transcriptions";

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();

  @Test
  @DisplayName("MEMO-1 API: the whole key is in the answer of its creation and nowhere else")
  void secret_afterCreation_cannotBeHadAgain() {
    NewKey key = keyOfANewMember();
    Secrets.assertAbsent(operator.get("/v1/keys/" + key.id()).expect(200), key, PREFIX);
    Secrets.assertAbsent(
        keyway.anonymous().bearer(key.secret()).get("/v1/me").expect(200), key, PREFIX);
  }

  @Test
  @DisplayName("MEMO-2 a key starts with mk_live_, and only its last characters are shown")
  void key_hasPrefix_andShowsItsSuffix() {
    NewKey key = keyOfANewMember();
    assertThat(key.secret()).matches(KeyForm.pattern(PREFIX));
    String suffix = key.secret().substring(key.secret().length() - 4);
    JsonNode row = operator.get("/v1/keys/" + key.id()).expect(200).json();
    assertThat(row.at("/suffix").asText()).isEqualTo(suffix);
    assertThat(row.at("/hint").asText()).isEqualTo("…" + suffix);
    assertThat(row.at("/prefix").isNull()).isTrue();
  }

  @Test
  @DisplayName(
      "MEMO-3 a key without an expiry date never expires; with one it stops working when it passes")
  void expiryDate_whenItPasses_endsTheKey() {
    Workspace workspace = tenants.workspace("memo", "pro");
    assertThat(tenants.key(workspace, workspace.owner()).key().at("/expires_at").isNull()).isTrue();
    Instant soon = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);
    NewKey key =
        tenants.create(request(workspace, workspace.owner()).put("expires_at", soon.toString()));
    knock(key).expect(200);
    Eventually.holds("the key expires", Duration.ofSeconds(10), () -> knock(key).status() == 401);
    assertThat(Instant.now()).isAfterOrEqualTo(soon);
    knock(key).problem(401, "invalid_key");
    assertThat(operator.get("/v1/keys/" + key.id()).text("status")).isEqualTo("expired");
  }

  @Test
  @DisplayName("MEMO-3 the six lifetimes are accepted, a past date is not")
  void expiry_asChoice_isAccepted() {
    Workspace workspace = tenants.workspace("memo", "pro");
    for (String choice : List.of("7d", "30d", "90d", "180d", "365d", "never")) {
      operator
          .post("/v1/keys", request(workspace, workspace.owner()).put("expires_in", choice))
          .expect(201);
    }
    ObjectNode past =
        request(workspace, workspace.owner()).put("expires_at", "2020-01-01T00:00:00Z");
    operator.post("/v1/keys", past).problem(400, "invalid_expiry");
  }

  @Test
  @DisplayName(
      "MEMO-4 without API access in the plan: no new key, and 403 api_access_denied for a key there is")
  void plan_withoutApiAccess_denies() {
    Workspace free = tenants.workspace("memo", "free");
    operator.post("/v1/keys", request(free, free.owner())).problem(403, "api_access_denied");
    Workspace pro = tenants.workspace("memo", "pro");
    NewKey key = tenants.key(pro, pro.owner());
    plan(pro, "free");
    knock(key).problem(403, "api_access_denied");
    door.initialize("/memo/mcp", "Authorization", key.bearer()).problem(403, "api_access_denied");
  }

  @Test
  @DisplayName("MEMO-4 Pro and Expert both have API access")
  void plan_withApiAccess_admits() {
    for (String plan : List.of("pro", "expert")) {
      Workspace workspace = tenants.workspace("memo", plan);
      knock(tenants.key(workspace, workspace.owner())).expect(200);
    }
  }

  @Test
  @DisplayName("MEMO-5 only Authorization: Bearer; a valid key in the query is refused with 401")
  void key_inTheQuery_isRefused() {
    NewKey key = keyOfANewMember();
    for (String name : List.of("apikey", "api_key", "access_token", "anything")) {
      door.get(LIST + "?" + name + "=" + key.secret()).problem(401, "key_in_query");
    }
    door.get(LIST, "X-API-Key", key.secret()).problem(401, "invalid_key");
    knock(key).expect(200);
  }

  @Test
  @DisplayName("MEMO-6 a key reads and exports its own workspace's transcriptions only")
  void transcriptions_ofAnotherWorkspace_areNotFound() {
    NewKey key = keyOfTheSeededWorkspace();
    String transcription = firstTranscription(key);
    door.getAs(key, LIST + "/" + transcription).expect(200);
    door.getAs(key, LIST + "/" + transcription + "/export").expect(200);
    NewKey stranger = keyOfANewMember();
    door.getAs(stranger, LIST + "/" + transcription).expect(404);
    door.getAs(stranger, LIST + "/" + transcription + "/export").expect(404);
    assertThat(door.getAs(stranger, LIST).expect(200).body()).doesNotContain(transcription);
  }

  @Test
  @DisplayName("MEMO-6 methods other than list, get, export and bulk are refused")
  void otherMethods_areRefused() {
    NewKey key = keyOfTheSeededWorkspace();
    String one = LIST + "/" + firstTranscription(key);
    for (String method : List.of("DELETE", "PUT", "PATCH")) {
      door.call(
              method, one, "{}", "Authorization", key.bearer(), "Content-Type", "application/json")
          .expect(405);
    }
    door.call("DELETE", LIST, "", "Authorization", key.bearer()).expect(405);
    door.getAs(key, one).expect(200);
  }

  @Test
  @DisplayName("MEMO-6 a key acts for the member who made it and is bound to one workspace")
  void key_isBoundToWorkspaceAndMember() {
    Workspace workspace = tenants.workspace("memo", "pro");
    String member = tenants.member("memo", workspace);
    NewKey key = tenants.key(workspace, member);
    Answer me = keyway.anonymous().bearer(key.secret()).get("/v1/me").expect(200);
    assertThat(me.text("account.id")).isEqualTo(member);
    assertThat(me.text("workspace.id")).isEqualTo(workspace.id());
    assertThat(me.text("key.scope.kind")).isEqualTo("workspace");
    assertThat(me.text("key.scope.id")).isEqualTo(workspace.id());
  }

  @Test
  @DisplayName(
      "MEMO-7 every member can make keys; members see their own, an owner sees and revokes all")
  void owner_seesAndRevokesAllKeys_membersTheirOwn() {
    JsonNode accounts = keyway.product("memo").at("/accounts");
    String workspace = keyway.product("memo").at("/workspaces/0/id").asText();
    List<JsonNode> people =
        accounts.valueStream().filter(person -> isIn(person, workspace)).toList();
    JsonNode owner =
        people.stream().filter(person -> isOwner(person, workspace)).findFirst().orElseThrow();
    List<JsonNode> members = people.stream().filter(person -> !isOwner(person, workspace)).toList();
    Api ownerApi = keyway.signIn("memo", owner);
    Api memberApi = keyway.signIn("memo", members.get(0));
    Api otherApi = keyway.signIn("memo", members.get(1));

    String key =
        memberApi
            .post("/v1/keys", Json.of("product", "memo", "workspace", workspace))
            .expect(201)
            .text("key.id");
    memberApi.get("/v1/keys/" + key).expect(200);
    otherApi.get("/v1/keys/" + key).problem(404, "not_found");
    memberApi.get("/v1/keys/" + key + "/usage").expect(200);
    ownerApi.get("/v1/keys/" + key + "/usage").expect(200);
    otherApi.get("/v1/keys/" + key + "/usage").problem(404, "not_found");
    assertThat(ownerApi.get("/v1/usage?keys=" + key).expect(200).data()).hasSize(1);
    assertThat(otherApi.get("/v1/usage?keys=" + key).expect(200).data()).isEmpty();
    assertThat(otherApi.get("/v1/keys?product=memo&workspace=" + workspace).expect(200).body())
        .doesNotContain(key);
    otherApi.post("/v1/keys/" + key + "/revoke", Json.of()).problem(404, "not_found");
    ownerApi.get("/v1/keys/" + key).expect(200);
    assertThat(
            ownerApi
                .get("/v1/keys?product=memo&limit=100&workspace=" + workspace)
                .expect(200)
                .body())
        .contains(key);
    ownerApi.post("/v1/keys/" + key + "/revoke", Json.of("reason", "audit")).expect(200);
    assertThat(memberApi.get("/v1/keys/" + key).expect(200).text("status")).isEqualTo("revoked");
  }

  @Test
  @DisplayName(
      "MEMO-8 when the creator leaves the workspace the key is deactivated at once, for good")
  void key_ofARemovedMember_isDeactivated() {
    Workspace workspace = tenants.workspace("memo", "pro");
    String member = tenants.member("memo", workspace);
    NewKey key = tenants.key(workspace, member);
    try (OpenStream stream = OpenStream.open(door, "/memo/mcp", key)) {
      Answer removed = tenants.remove(workspace, member).expect(200);
      knock(key).problem(401, "invalid_key");
      assertThat(stream.isCut()).isTrue();
      assertThat(removed.at("revocation.keys_affected").asInt()).isEqualTo(1);
    }
    assertThat(operator.get("/v1/keys/" + key.id()).text("status")).isEqualTo("deactivated");
    tenants.join(workspace, member, "member").expect(200);
    knock(key).problem(401, "invalid_key");
    knock(tenants.key(workspace, member)).expect(200);
  }

  @Test
  @DisplayName("MEMO-8 a plan change takes effect at once, both ways, and cuts open streams")
  void planChange_isImmediate() {
    Workspace workspace = tenants.workspace("memo", "pro");
    NewKey key = tenants.key(workspace, workspace.owner());
    try (OpenStream stream = OpenStream.open(door, "/memo/mcp", key)) {
      plan(workspace, "free");
      knock(key).problem(403, "api_access_denied");
      assertThat(stream.isCut()).isTrue();
    }
    assertThat(operator.get("/v1/keys/" + key.id()).text("status")).isEqualTo("active");
    plan(workspace, "expert");
    knock(key).expect(200);
  }

  @Test
  @DisplayName(
      "MEMO-10 a revoke is immediate and cannot be undone; the row stays under the filter revoked")
  void revokedKey_isGoneForGood() {
    Workspace workspace = tenants.workspace("memo", "pro");
    NewKey key = tenants.key(workspace, workspace.owner());
    knock(key).expect(200);
    tenants.revoke(key.id());
    knock(key).problem(401, "invalid_key");
    String future = Instant.now().plus(Duration.ofDays(30)).toString();
    operator.patch("/v1/keys/" + key.id(), Json.of("expires_at", future));
    operator.patch("/v1/keys/" + key.id(), Json.of("status", "active"));
    knock(key).problem(401, "invalid_key");
    String list = "/v1/keys?product=memo&workspace=" + workspace.id() + "&status=";
    assertThat(operator.get(list + "active").expect(200).data()).isEmpty();
    assertThat(operator.get(list + "revoked").expect(200).data()).hasSize(1);
  }

  @Test
  @DisplayName(
      "MEMO-11 the same key opens the REST API (list, get, export, bulk) and the MCP server")
  void oneKey_opensRestAndMcp() {
    NewKey key = keyOfTheSeededWorkspace();
    String transcription = firstTranscription(key);
    door.getAs(key, LIST + "/" + transcription).expect(200);
    door.getAs(key, LIST + "/" + transcription + "/export").expect(200);
    String ids = Json.of("ids", List.of(transcription)).toString();
    door.call(
            "POST",
            LIST + "/bulk",
            ids,
            "Authorization",
            key.bearer(),
            "Content-Type",
            "application/json")
        .expect(200);
    try (McpSession session = McpSession.open(keyway.gateway().resolve("/memo/mcp"), key)) {
      assertThat(session.tools()).isNotEmpty();
    }
  }

  private Answer knock(NewKey key) {
    return door.knock("memo", key.secret());
  }

  private NewKey keyOfANewMember() {
    Workspace workspace = tenants.workspace("memo", "pro");
    return tenants.key(workspace, workspace.owner());
  }

  private NewKey keyOfTheSeededWorkspace() {
    JsonNode memo = keyway.product("memo");
    String workspace = memo.at("/workspaces/0/id").asText();
    JsonNode owner =
        memo.at("/accounts")
            .valueStream()
            .filter(person -> isOwner(person, workspace))
            .findFirst()
            .orElseThrow();
    return tenants.key(
        new Workspace(workspace, owner.at("/id").asText()), owner.at("/id").asText());
  }

  private String firstTranscription(NewKey key) {
    JsonNode list = door.getAs(key, LIST).expect(200).json();
    JsonNode rows = list.isArray() ? list : list.at("/data");
    return rows.at("/0/id").asText();
  }

  private static ObjectNode request(Workspace workspace, String member) {
    return Json.of("product", "memo", "account", member, "workspace", workspace.id());
  }

  private void plan(Workspace workspace, String plan) {
    operator.patch("/v1/workspaces/" + workspace.id(), Json.of("plan", plan)).expect(200);
  }

  private static boolean isIn(JsonNode person, String workspace) {
    return person
        .at("/memberships")
        .valueStream()
        .anyMatch(m -> m.at("/workspace").asText().equals(workspace));
  }

  private static boolean isOwner(JsonNode person, String workspace) {
    return person
        .at("/memberships")
        .valueStream()
        .anyMatch(m ->
            m.at("/workspace").asText().equals(workspace)
                && m.at("/role").asText().equals("owner"));
  }
}
