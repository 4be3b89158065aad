package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract's list of problems: one status and one stable code for each way a management call
 * can be wrong.
 */
@DisplayName("Contract: problems")
final class ProblemContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(
      strings = {"", "{", "[]", "\"text\"", "{\"product\":1}", "{\"product\":\"meko\"} trailing"})
  void body_thatIsNoRequest_isInvalid(String body) {
    operator.send("POST", "/v1/accounts", "application/json", body).problem(400, "invalid_request");
  }

  @Test
  void body_ofAnotherMediaType_isUnsupported() {
    String body = tenants.person("meko").toString();
    operator
        .send("POST", "/v1/accounts", "text/plain", body)
        .problem(415, "unsupported_media_type");
    operator
        .send("POST", "/v1/accounts", "application/x-www-form-urlencoded", "a=b")
        .problem(415, "unsupported_media_type");
  }

  @Test
  void body_thatIsTooLarge_isRefused() {
    String body = tenants.person("meko").put("name", "x".repeat(1 << 18)).toString();
    operator.send("POST", "/v1/accounts", "application/json", body).problem(413, "too_large");
  }

  @Test
  void field_thatIsNull_isAsGoodAsAbsent() {
    String account = tenants.account("meko");
    operator
        .post(
            "/v1/keys",
            Tenants.request("meko", account).putNull("description").putNull("expires_in"))
        .expect(201);
  }

  @Test
  void path_thatIsNone_isNotFound() {
    operator.get("/v1/nothing").problem(404, "not_found");
    operator.get("/v1/keys/key_000000000000").problem(404, "not_found");
    operator.get("/v1/keys/nonsense").problem(404, "not_found");
    operator.get("/v1/accounts/acc_none").problem(404, "not_found");
  }

  @Test
  void method_thatIsNotThere_isNotAllowed() {
    Answer refused = operator.put("/v1/keys", Json.of()).problem(405, "method_not_allowed");
    assertThat(refused.header("allow").orElse("")).contains("GET").contains("POST");
  }

  @Test
  void call_withoutCredential_isUnauthenticated() {
    for (String path :
        List.of(
            "/v1/me",
            "/v1/keys?product=meko",
            "/v1/audit",
            "/v1/accounts/acc_x",
            "/v1/operator-keys")) {
      keyway.anonymous().get(path).problem(401, "unauthenticated");
    }
    keyway.anonymous().bearer("kwo_nonsense").get("/v1/me").problem(401, "unauthenticated");
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(strings = {"", "line\nbreak", "tab\tname", "nul\u0000", "del\u007f"})
  void name_outsideTheRules_isInvalid(String name) {
    String account = tenants.account("meko");
    operator
        .post("/v1/keys", Tenants.request("meko", account).put("name", name))
        .problem(400, "invalid_name");
  }

  @Test
  void name_upTo100Characters_isKeptUntrimmedAndNotUnique() {
    String account = tenants.account("meko");
    for (String name : List.of("x".repeat(100), " padded ", "twice", "twice", "größe/日本")) {
      Answer created =
          operator.post("/v1/keys", Tenants.request("meko", account).put("name", name)).expect(201);
      assertThat(created.text("key.name")).isEqualTo(name);
    }
    operator
        .post("/v1/keys", Tenants.request("meko", account).put("name", "x".repeat(101)))
        .problem(400, "invalid_name");
  }

  @Test
  void expiry_givenTwiceOrUnreadable_isInvalid() {
    Tenants.Workspace workspace = tenants.workspace("memo", "pro");
    for (String date : List.of("tomorrow", "2099-01-01", "1999-01-01T00:00:00Z", "")) {
      operator
          .post("/v1/keys", memo(workspace).put("expires_at", date))
          .problem(400, "invalid_expiry");
    }
    operator
        .post(
            "/v1/keys",
            memo(workspace).put("expires_in", "7d").put("expires_at", "2099-01-01T00:00:00Z"))
        .problem(400, "invalid_expiry");
  }

  @Test
  void product_whoseKeysNeverExpire_refusesAnExpiry() {
    String account = tenants.account("memorylake");
    String project = tenants.resource("memorylake", account, "project");
    ObjectNode body = Json.of("product", "memorylake", "account", account, "resource", project);
    operator
        .post("/v1/keys", body.deepCopy().put("expires_in", "7d"))
        .problem(400, "invalid_expiry");
    operator
        .post("/v1/keys", body.deepCopy().put("expires_at", "2099-01-01T00:00:00Z"))
        .problem(400, "invalid_expiry");
  }

  @Test
  void expiry_canOnlyBecomeEarlier() {
    NewKey key = Products.MECHA.newKey(tenants);
    Instant expires = Instant.parse(key.key().at("/expires_at").asText());
    operator
        .patch("/v1/keys/" + key.id(), Json.of("expires_at", expires.plusSeconds(60).toString()))
        .problem(400, "invalid_expiry");
    Answer earlier =
        operator.patch(
            "/v1/keys/" + key.id(), Json.of("expires_at", expires.minusSeconds(60).toString()));
    assertThat(Instant.parse(earlier.expect(200).text("key.expires_at")))
        .isEqualTo(expires.minusSeconds(60));
  }

  @Test
  void problem_saysWhichRequestItBelongsTo_andWhereItIsExplained() {
    Answer problem = operator.get("/v1/nothing").problem(404, "not_found");
    assertThat(problem.text("request_id")).isNotBlank();
    assertThat(problem.text("type")).startsWith(keyway.control().toString()).contains("not_found");
  }

  @Test
  void openApi_isServedAndNamesEveryCallOfTheContract() {
    Answer document = keyway.anonymous().get("/openapi.json").expect(200);
    assertThat(document.text("openapi")).startsWith("3.1");
    List<String> paths = document.at("paths").propertyStream().map(Map.Entry::getKey).toList();
    assertThat(paths)
        .contains(
            "/v1/sessions", "/v1/me", "/v1/accounts", "/v1/workspaces", "/v1/resources", "/v1/keys")
        .contains("/v1/keys/verify", "/v1/keys/revoke", "/v1/audit", "/v1/operator-keys");
  }

  private static ObjectNode memo(Tenants.Workspace workspace) {
    return Json.of("product", "memo", "account", workspace.owner(), "workspace", workspace.id());
  }
}
