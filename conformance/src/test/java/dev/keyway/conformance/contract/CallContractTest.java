package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What all management calls share: cursors, {@code Idempotency-Key}, {@code ETag} and {@code
 * If-Match}.
 */
@DisplayName("Contract: cursors, Idempotency-Key, ETag")
final class CallContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();

  @Test
  void cursor_walksEveryRowOnce() {
    String account = tenants.account("meko");
    List<String> made =
        IntStream.range(0, 7).mapToObj(_ -> tenants.key("meko", account).id()).toList();
    List<String> seen = new ArrayList<>();
    String list = "/v1/keys?product=meko&limit=3&account=" + account;
    Answer page = operator.get(list).expect(200);
    assertThat(page.data()).hasSize(3);
    while (true) {
      page.data().forEach(row -> seen.add(row.at("/id").asText()));
      if (page.at("next_cursor").isNull()) {
        break;
      }
      page = operator.get(list + "&cursor=" + page.text("next_cursor")).expect(200);
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void cursor_staysWhole_whenRowsAreAddedBetweenPages() {
    String account = tenants.account("meko");
    List<String> made =
        IntStream.range(0, 4).mapToObj(_ -> tenants.key("meko", account).id()).toList();
    String list = "/v1/keys?product=meko&limit=2&account=" + account;
    Answer first = operator.get(list).expect(200);
    tenants.key("meko", account);
    Answer second = operator.get(list + "&cursor=" + first.text("next_cursor")).expect(200);
    List<String> seen = new ArrayList<>(ids(first));
    seen.addAll(ids(second));
    assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(4);
    assertThat(made).anySatisfy(id -> assertThat(seen).contains(id));
  }

  @Test
  void cursorOrLimit_thatIsNone_isInvalid() {
    operator.get("/v1/keys?product=meko&cursor=nonsense").problem(400, "invalid_request");
    operator.get("/v1/keys?product=meko&limit=0").problem(400, "invalid_request");
    operator.get("/v1/keys?product=meko&limit=many").problem(400, "invalid_request");
  }

  @Test
  void sameCallUnderTheSameKey_answersTheFirstResult() {
    JsonNode body = tenants.person("meko");
    Api caller = operator.with("Idempotency-Key", UUID.randomUUID().toString());
    Answer first = caller.post("/v1/accounts", body).expect(201);
    assertThat(caller.post("/v1/accounts", body).expect(201).json()).isEqualTo(first.json());
  }

  @Test
  void replayOfACreation_hasEverythingButTheSecrets() {
    JsonNode body = Products.MEMORYLAKE.newRequest(tenants);
    Api caller = operator.with("Idempotency-Key", UUID.randomUUID().toString());
    Answer first = caller.post("/v1/keys", body).expect(201);
    Answer replay = caller.post("/v1/keys", body).expect(201);
    assertThat(replay.at("key")).isEqualTo(first.at("key"));
    assertThat(replay.at("secret").isNull() && replay.at("endpoint_url").isNull()).isTrue();
    assertThat(replay.at("secret_unavailable").asBoolean()).isTrue();
    String list = "/v1/keys?product=memorylake&account=" + body.at("/account").asText();
    assertThat(operator.get(list).expect(200).data()).hasSize(1);
  }

  @Test
  void anotherBodyUnderTheSameKey_isAMismatch() {
    Api caller = operator.with("Idempotency-Key", UUID.randomUUID().toString());
    caller.post("/v1/accounts", tenants.person("meko")).expect(201);
    caller.post("/v1/accounts", tenants.person("meko")).problem(422, "idempotency_mismatch");
  }

  @Test
  void sameKeyOfAnotherCaller_isAnotherCall() {
    String idempotencyKey = UUID.randomUUID().toString();
    ObjectNode right = Json.of("name", "second caller", "rights", List.of("manage"));
    String second = operator.post("/v1/operator-keys", right).expect(201).text("secret");
    operator
        .with("Idempotency-Key", idempotencyKey)
        .post("/v1/accounts", tenants.person("meko"))
        .expect(201);
    keyway
        .anonymous()
        .bearer(second)
        .with("Idempotency-Key", idempotencyKey)
        .post("/v1/accounts", tenants.person("meko"))
        .expect(201);
  }

  @Test
  void etagOfAKey_changesWithIt_andStaleIfMatchIsRefused() {
    NewKey key = Products.MECHA.newKey(tenants);
    String path = "/v1/keys/" + key.id();
    String etag = operator.get(path).expect(200).header("etag").orElseThrow();
    operator.with("If-Match", etag).patch(path, Json.of("description", "first")).expect(200);
    String next = operator.get(path).expect(200).header("etag").orElseThrow();
    assertThat(next).isNotEqualTo(etag);
    operator
        .with("If-Match", etag)
        .patch(path, Json.of("description", "second"))
        .problem(412, "precondition_failed");
    assertThat(operator.get(path).text("description")).isEqualTo("first");
    operator.with("If-Match", "*").patch(path, Json.of("description", "third")).expect(200);
    operator.patch(path, Json.of("description", "fourth")).expect(200);
  }

  @Test
  void patch_changesWhatItNames_only() {
    String account = tenants.account("mecha");
    String path =
        "/v1/keys/"
            + operator
                .post(
                    "/v1/keys",
                    Json.of(
                        "product",
                        "mecha",
                        "account",
                        account,
                        "name",
                        "first",
                        "description",
                        "kept",
                        "expires_in",
                        "90d"))
                .expect(201)
                .text("key.id");
    String soon = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS).toString();
    operator.patch(path, Json.of("expires_at", soon)).expect(200);
    operator.patch(path, Json.of("name", "second")).expect(200);
    operator.patch(path, Json.of()).expect(200);
    Answer key = operator.get(path).expect(200);
    assertThat(key.text("name")).isEqualTo("second");
    assertThat(key.text("description")).isEqualTo("kept");
    assertThat(key.text("expires_at")).isEqualTo(soon);
  }

  @Test
  void staleIfMatch_onARevoke_isRefused() {
    NewKey key = Products.MECHA.newKey(tenants);
    String path = "/v1/keys/" + key.id();
    String etag = operator.get(path).expect(200).header("etag").orElseThrow();
    operator.patch(path, Json.of("description", "changed")).expect(200);
    operator
        .with("If-Match", etag)
        .post(path + "/revoke", Json.of())
        .problem(412, "precondition_failed");
    keyway.door().knock("mecha", key.secret()).expect(200);
  }

  @Test
  void etagOfAWorkspace_guardsItsPlan() {
    Tenants.Workspace workspace = tenants.workspace("memo", "pro");
    String path = "/v1/workspaces/" + workspace.id();
    Answer first =
        operator.with("If-Match", "*").patch(path, Json.of("name", "Renamed")).expect(200);
    String etag = first.header("etag").orElseThrow();
    operator.patch(path, Json.of("plan", "expert")).expect(200);
    operator
        .with("If-Match", etag)
        .patch(path, Json.of("plan", "free"))
        .problem(412, "precondition_failed");
  }

  private static List<String> ids(Answer list) {
    return list.data().stream().map(row -> row.at("/id").asText()).toList();
  }
}
