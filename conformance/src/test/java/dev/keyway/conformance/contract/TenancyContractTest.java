package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Accounts, workspaces, members and resources as an operator manages them, and the filters of the
 * key list.
 */
@DisplayName("Contract: accounts, workspaces, members, resources")
final class TenancyContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();

  @Test
  void account_ofAKnownExternalId_isTheSameOne_orAConflict() {
    String external = UUID.randomUUID().toString();
    ObjectNode person = tenants.person("meko").put("external_id", external);
    Answer first = operator.post("/v1/accounts", person).expect(201);
    assertThat(operator.post("/v1/accounts", person).expect(200).text("id"))
        .isEqualTo(first.text("id"));
    operator
        .post("/v1/accounts", person.deepCopy().put("name", "Another"))
        .problem(409, "conflict");
    Answer found = operator.get("/v1/accounts?product=meko&external_id=" + external).expect(200);
    assertThat(found.data())
        .extracting(row -> row.at("/id").asText())
        .containsExactly(first.text("id"));
  }

  @Test
  void account_withATakenEmail_isAConflict_withinTheProduct() {
    ObjectNode person = tenants.person("meko");
    operator.post("/v1/accounts", person).expect(201);
    operator
        .post("/v1/accounts", person.deepCopy().put("name", "Another"))
        .problem(409, "conflict");
    operator.post("/v1/accounts", person.deepCopy().put("product", "mecha")).expect(201);
  }

  @Test
  void account_canBeReadAndChanged() {
    String account = tenants.account("meko");
    assertThat(account).startsWith("acc_");
    operator.patch("/v1/accounts/" + account, Json.of("name", "Renamed")).expect(200);
    Answer read = operator.get("/v1/accounts/" + account).expect(200);
    assertThat(read.text("name")).isEqualTo("Renamed");
    assertThat(read.text("status")).isEqualTo("active");
    operator
        .patch("/v1/accounts/" + account, Json.of("status", "sleeping"))
        .problem(400, "invalid_request");
  }

  @Test
  void account_ofAProductThatIsNone_isRefused() {
    assertThat(operator.post("/v1/accounts", tenants.person("nosuch")).status()).isIn(400, 404);
  }

  @Test
  void members_areListedWithTheirRoles() {
    Workspace workspace = tenants.workspace("memo", "pro");
    String member = tenants.member("memo", workspace);
    assertThat(workspace.id()).startsWith("ws_");
    List<JsonNode> rows =
        operator.get("/v1/workspaces/" + workspace.id() + "/members").expect(200).data();
    assertThat(rows.stream().map(row -> row.at("/role").asText()))
        .containsExactlyInAnyOrder("owner", "member");
    assertThat(rows.toString()).contains(member).contains(workspace.owner());
    tenants.join(workspace, member, "admin").problem(400, "invalid_request");
  }

  @Test
  void workspace_onAPlanThatIsNone_isRefused() {
    JsonNode body =
        Json.of(
            "product", "memo", "name", "W", "plan", "platinum", "owner", tenants.account("memo"));
    operator.post("/v1/workspaces", body).problem(400, "invalid_request");
    Workspace workspace = tenants.workspace("memo", "pro");
    operator
        .patch("/v1/workspaces/" + workspace.id(), Json.of("plan", "platinum"))
        .problem(400, "invalid_request");
  }

  @Test
  void resources_areListedAndDeleted() {
    String account = tenants.account("meko");
    String datapack = tenants.resource("meko", account, "datapack");
    assertThat(datapack).startsWith("res_");
    String list = "/v1/resources?limit=100&product=meko";
    assertThat(everyPage(list)).contains(datapack);
    operator.delete("/v1/resources/" + datapack).expect(200);
    assertThat(everyPage(list)).doesNotContain(datapack);
  }

  @Test
  void key_forSomeoneOutsideTheWorkspace_isRefused() {
    Workspace workspace = tenants.workspace("memo", "pro");
    String stranger = tenants.account("memo");
    Answer refused =
        operator.post(
            "/v1/keys",
            Json.of("product", "memo", "account", stranger, "workspace", workspace.id()));
    assertThat(refused.status()).isIn(400, 403, 404, 409);
    assertThat(refused.text("code")).isNotBlank();
  }

  @Test
  void key_withoutItsScope_isInvalid() {
    String memo = tenants.account("memo");
    operator
        .post("/v1/keys", Json.of("product", "memo", "account", memo))
        .problem(400, "invalid_request");
    String lake = tenants.account("memorylake");
    operator
        .post("/v1/keys", Json.of("product", "memorylake", "account", lake))
        .problem(400, "invalid_request");
    operator
        .post("/v1/keys", Json.of("product", "meko", "name", "x"))
        .problem(400, "invalid_request");
  }

  @Test
  void keyObject_hasTheFieldsOfTheContract() {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    JsonNode row = operator.get("/v1/keys/" + key.id()).expect(200).json();
    assertThat(row.propertyStream().map(Map.Entry::getKey))
        .contains(
            "id",
            "product",
            "name",
            "description",
            "status",
            "scope",
            "created_by",
            "created_by_key")
        .contains(
            "created_at", "expires_at", "revoked_at", "last_used_at", "prefix", "suffix", "hint");
    assertThat(row.at("/scope/kind").asText()).isEqualTo("account");
    assertThat(row.at("/status").asText()).isEqualTo("active");
    assertThat(row.at("/last_used_at").isNull()).isTrue();
  }

  @Test
  void lastUse_isShownAfterARequest() {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    keyway.door().knock("mecha", key.secret()).expect(200);
    Eventually.holds(
        "the last use is written",
        Duration.ofSeconds(70),
        () -> !operator.get("/v1/keys/" + key.id()).at("last_used_at").isNull());
  }

  @Test
  void list_isSearchedByNameAndId() {
    String account = tenants.account("meko");
    String word = "w" + UUID.randomUUID().toString().replace("-", "");
    ObjectNode named = Tenants.request("meko", account).put("name", "laptop/" + word);
    NewKey key = tenants.create(named);
    tenants.key("meko", account);
    assertThat(ids("/v1/keys?product=meko&q=" + word)).containsExactly(key.id());
    assertThat(ids("/v1/keys?product=meko&q=" + key.id())).containsExactly(key.id());
  }

  private List<String> ids(String list) {
    return operator.get(list).expect(200).data().stream()
        .map(row -> row.at("/id").asText())
        .toList();
  }

  private String everyPage(String list) {
    StringBuilder all = new StringBuilder();
    Answer page = operator.get(list).expect(200);
    all.append(page.body());
    while (!page.at("next_cursor").isNull()) {
      page = operator.get(list + "&cursor=" + page.text("next_cursor")).expect(200);
      all.append(page.body());
    }
    return all.toString();
  }
}
