package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a portal asks: products, one workspace, its members, and what a change would end before it
 * is made. The people are those of {@code demo.json}.
 */
@DisplayName("Contract: what a portal asks")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PortalContractTest {
  private static final int LISTED = 100;

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();
  private final JsonNode memo = keyway.product("memo");
  private final String workspace = memo.at("/workspaces/0/id").asText();
  private final String path = "/v1/workspaces/" + workspace;
  private Api owner;
  private Api member;
  private Api otherOwner;
  private Api stranger;

  @BeforeAll
  void signIn() {
    String other = memo.at("/workspaces/1/id").asText();
    owner = person(workspace, "owner");
    member = person(workspace, "member");
    otherOwner = person(other, "owner");
    stranger = keyway.signIn("meko", keyway.product("meko").at("/accounts/0"));
  }

  @Test
  void portal_tellsAnybodyTheTitles_andNothingElse() {
    JsonNode portal = keyway.anonymous().get("/v1/portal").expect(200).json();
    assertThat(names(portal)).containsExactly("products");
    assertThat(portal.at("/products"))
        .extracting(row -> row.at("/title").asText())
        .containsExactly("Mecha", "Meko", "Memo AI", "MemoryLake");
    assertThat(portal.at("/products"))
        .allSatisfy(row -> assertThat(names(row)).containsExactly("product", "title"));
  }

  @Test
  void mcpClients_areTheFileThatWasPacked_withItsValidator() {
    Answer file = keyway.anonymous().get("/v1/mcp-clients").expect(200);
    assertThat(file.at("clients")).isNotEmpty();
    assertThat(file.header("cache-control")).contains("no-cache");
    String tag = file.header("etag").orElseThrow();
    Answer again = keyway.anonymous().with("If-None-Match", tag).get("/v1/mcp-clients").expect(304);
    assertThat(again.body()).isEmpty();
    keyway.anonymous().with("If-None-Match", "\"another\"").get("/v1/mcp-clients").expect(200);
    keyway.anonymous().get("/v1/mcp-clients?os=linux").problem(400, "invalid_request");
  }

  @Test
  void products_describeAPersonsOwn_withoutItsUpstreams() {
    Answer answer = owner.get("/v1/products").expect(200);
    assertThat(answer.data()).hasSize(1);
    JsonNode product = answer.data().getFirst();
    assertThat(product.at("/product").asText()).isEqualTo("memo");
    assertThat(product.at("/portal"))
        .isEqualTo(
            Json.read(
                """
                {"place":["Settings","API & MCP"],"create":"Create key","revoke":"Delete",
                 "resource":null,"ended":"filtered"}
                """));
    assertThat(product.at("/key"))
        .isEqualTo(
            Json.read(
                """
                {"prefix":"mk_live_","show":"suffix","scope":"workspace",
                 "name":{"mode":"optional","pattern":null,"hint":null},"max_active":null,
                 "expiry":{"mode":"optional","after":null,
                   "choices":["7d","30d","90d","180d","365d","never"]}}
                """));
    assertThat(product.at("/plans"))
        .as("in the order of the profile")
        .isEqualTo(
            Json.read(
                """
                [{"plan":"free","api":false},{"plan":"pro","api":true},{"plan":"expert","api":true}]
                """));
    assertThat(answer.body()).doesNotContain("upstream");
  }

  @Test
  void products_giveAddressesThatAreTheGateways() {
    String gateway = keyway.gateway().toString().replaceAll("/$", "");
    for (JsonNode product : operator.get("/v1/products").expect(200).data()) {
      assertThat(product.at("/gateway_url").asText()).isEqualTo(gateway);
      String base = gateway + "/" + product.at("/product").asText();
      assertThat(product.at("/routes")).isNotEmpty();
      assertThat(product.at("/routes"))
          .allSatisfy(route ->
              assertThat(route.at("/url").asText()).isEqualTo(base + route.at("/path").asText()));
    }
    assertThat(operator.get("/v1/products").data()).hasSize(4);
    keyway.anonymous().get("/v1/products").problem(401, "unauthenticated");
  }

  @Test
  @DisplayName("MEMO-7 a workspace is shown to its members and to operators, with its version")
  void workspace_isShownToItsMembers() {
    Answer shown = owner.get(path).expect(200);
    assertThat(shown.text("id")).isEqualTo(workspace);
    assertThat(shown.header("etag")).isPresent();
    assertThat(member.get(path).expect(200).json()).isEqualTo(shown.json());
    assertThat(operator.get(path).expect(200).header("etag")).isEqualTo(shown.header("etag"));
    otherOwner.get(path).problem(404, "not_found");
    stranger.get(path).problem(404, "not_found");
    operator.get("/v1/workspaces/ws_none").problem(404, "not_found");
    owner
        .with("If-Match", shown.header("etag").orElseThrow())
        .patch(path, Json.of("name", shown.text("name")))
        .expect(200);
    assertThat(member.get("/v1/workspaces?product=memo").expect(200).body()).contains(workspace);
  }

  @Test
  void members_areNamed_toOwnersAlone() {
    List<JsonNode> rows = owner.get(path + "/members").expect(200).data();
    assertThat(rows)
        .allSatisfy(row -> {
          assertThat(names(row)).containsExactly("account", "role", "name", "email", "joined_at");
          assertThat(row.at("/email").asText()).contains("@");
          assertThat(row.at("/joined_at").asText()).endsWith("Z");
        });
    assertThat(rows.getFirst().at("/role").asText()).isEqualTo("owner");
    member.get(path + "/members").problem(403, "forbidden");
    otherOwner.get(path + "/members").problem(404, "not_found");
  }

  @Test
  @DisplayName("MEMO-8 what a removal would end is told before, and is what it then ends")
  void removal_isToldBeforeItIsMade() {
    var place = new Workspace(workspace, "");
    String account = tenants.member("memo", place);
    List<String> keys =
        IntStream.range(0, 3).mapToObj(_ -> tenants.key(place, account).id()).toList();
    tenants.revoke(keys.getFirst());
    String removal = path + "/members/" + account + "/removal";

    Answer told = owner.get(removal).expect(200);
    assertThat(told.at("keys_affected").asInt()).isEqualTo(2);
    assertThat(ids(told)).containsExactlyInAnyOrder(keys.get(1), keys.get(2));
    member.get(removal).problem(403, "forbidden");
    otherOwner.get(removal).problem(404, "not_found");
    stranger.get(removal).problem(404, "not_found");

    Answer done = tenants.remove(place, account).expect(200);
    assertThat(done.at("revocation.keys_affected").asInt()).isEqualTo(2);
    owner.get(removal).problem(404, "not_found");
  }

  @Test
  void removalOfTheLastOwner_isAConflict_asTheRemovalIs() {
    Workspace place = tenants.workspace("memo", "pro");
    String owners = "/v1/workspaces/" + place.id() + "/members/" + place.owner();
    operator.get(owners + "/removal").problem(409, "conflict");
    operator.delete(owners).problem(409, "conflict");
  }

  @Test
  @DisplayName("MEMO-4 what a plan would end is told before, and is what it then ends")
  void planChange_isToldBeforeItIsMade() {
    Workspace place = tenants.workspace("memo", "pro");
    NewKey key = tenants.key(place, place.owner());
    String plans = "/v1/workspaces/" + place.id() + "/plan-change?plan=";

    Answer told = operator.get(plans + "free").expect(200);
    assertThat(told.at("api").asBoolean()).isFalse();
    assertThat(told.at("keys_affected").asInt()).isEqualTo(1);
    assertThat(ids(told)).containsExactly(key.id());
    assertThat(operator.get(plans + "expert").expect(200).at("keys_affected").asInt()).isZero();
    operator.get(plans + "platinum").problem(400, "invalid_request");
    operator.get(plans).problem(400, "invalid_request");

    Answer done =
        operator.patch("/v1/workspaces/" + place.id(), Json.of("plan", "free")).expect(200);
    assertThat(done.at("revocation.keys_affected").asInt()).isEqualTo(1);
    assertThat(tenants.verifyCode(key.secret())).isEqualTo("plan_required");
    assertThat(operator.get(plans + "free").expect(200).at("keys_affected").asInt()).isZero();
  }

  @Test
  void planChange_isToldToOwnersAlone() {
    assertThat(owner.get(path + "/plan-change?plan=free").expect(200).text("plan"))
        .isEqualTo("free");
    member.get(path + "/plan-change?plan=free").problem(403, "forbidden");
    otherOwner.get(path + "/plan-change?plan=free").problem(404, "not_found");
    stranger.get(path + "/plan-change?plan=nonsense").problem(404, "not_found");
  }

  @Test
  void manyKeys_areCountedWhole_andListedInPart() {
    Workspace place = tenants.workspace("memo", "pro");
    for (int i = 0; i <= LISTED; i++) {
      tenants.key(place, place.owner());
    }
    Answer told =
        operator.get("/v1/workspaces/" + place.id() + "/plan-change?plan=free").expect(200);
    assertThat(told.at("keys_affected").asInt()).isEqualTo(LISTED + 1);
    assertThat(told.data()).hasSize(LISTED);
  }

  @Test
  void trail_namesWhoDidIt() {
    Answer made =
        owner.post("/v1/keys", Json.of("product", "memo", "workspace", workspace)).expect(201);
    String key = made.text("key.id");
    tenants.revoke(key);
    List<JsonNode> rows = owner.get("/v1/audit?key=" + key).expect(200).data();
    assertThat(rows)
        .extracting(row -> row.at("/actor/kind").asText())
        .containsExactly("operator", "account");
    assertThat(rows.getLast().at("/actor/name").asText())
        .isEqualTo(owner.get("/v1/me").text("account.name"));
    assertThat(rows.getFirst().at("/actor/name").isNull())
        .as("what operators call their keys is theirs to know")
        .isTrue();
    List<JsonNode> seenByOperator = operator.get("/v1/audit?key=" + key).expect(200).data();
    assertThat(seenByOperator).allMatch(row -> row.at("/actor/name").isTextual());
  }

  @Test
  void resources_areTheirOwnersAlone() {
    JsonNode meko = keyway.product("meko");
    Answer own = stranger.get("/v1/resources?product=meko").expect(200);
    String account = meko.at("/accounts/0/id").asText();
    assertThat(own.data())
        .isNotEmpty()
        .allMatch(row -> row.at("/account").asText().equals(account));
    assertThat(owner.get("/v1/resources?product=meko").expect(200).data()).isEmpty();
    String shared =
        operator
            .post(
                "/v1/resources",
                Json.of(
                    "product", "memo", "workspace", workspace, "kind", "folder", "name", "Shared"))
            .expect(201)
            .text("id");
    assertThat(member.get("/v1/resources").expect(200).body()).contains(shared);
    assertThat(otherOwner.get("/v1/resources").expect(200).body()).doesNotContain(shared);
    operator.delete("/v1/resources/" + shared).expect(200);
  }

  private Api person(String of, String role) {
    JsonNode account =
        memo.at("/accounts")
            .valueStream()
            .filter(one ->
                one.at("/memberships")
                    .valueStream()
                    .anyMatch(place ->
                        place.at("/workspace").asText().equals(of)
                            && place.at("/role").asText().equals(role)))
            .findFirst()
            .orElseThrow();
    return keyway.signIn("memo", account);
  }

  private static List<String> names(JsonNode object) {
    return object.propertyStream().map(Map.Entry::getKey).toList();
  }

  private static List<String> ids(Answer list) {
    return list.data().stream().map(row -> row.at("/id").asText()).toList();
  }
}
