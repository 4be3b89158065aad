package dev.keyway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.operator.Right;
import dev.keyway.core.verify.VerifiableKey;
import dev.keyway.server.api.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What all calls share: repeated calls, versions, limits, secrets, outages. */
final class CallRulesTest {
  private final RunningApi api = new RunningApi();
  private final Fixtures fixtures = new Fixtures(api);
  private final Client operator = fixtures.as("operator");

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  @DisplayName("ALL-1 a repeated creation answers the first result without its secrets")
  void repeat_ofACreation_holdsNoSecret() {
    String body = json("{'product':'memorylake','account':'{lea}','resource':'{project}'}");
    Client caller = operator.with("Idempotency-Key", "once");
    Reply first = caller.post("/v1/keys", body).expect(201);
    Reply second = caller.post("/v1/keys", body).expect(201);
    assertThat(second.json().at("/key")).isEqualTo(first.json().at("/key"));
    assertThat(second.json().at("/secret").isNull()).isTrue();
    assertThat(second.json().at("/endpoint_url").isNull()).isTrue();
    assertThat(second.json().at("/secret_unavailable").asBoolean()).isTrue();
    assertThat(second.text).doesNotContain(first.at("/secret"));
    assertThat(operator.get("/v1/keys?product=memorylake").json().at("/data")).hasSize(1);
  }

  @Test
  void repeat_withAnotherBody_isAMismatch() {
    Client caller = operator.with("Idempotency-Key", "once");
    caller.post("/v1/keys", json("{'product':'meko','account':'{mia}','name':'a'}")).expect(201);
    caller
        .post("/v1/keys", json("{'product':'meko','account':'{mia}','name':'b'}"))
        .problem(422, "idempotency_mismatch");
  }

  @Test
  void repeat_ofARefusedCall_isACallOfItsOwn() {
    Client caller = operator.with("Idempotency-Key", "once");
    caller.post("/v1/keys", json("{'product':'meko','account':'{mia}'}")).expect(400);
    caller.post("/v1/keys", json("{'product':'meko','account':'{mia}','name':'a'}")).expect(201);
  }

  @Test
  void repeat_whileTheFirstRuns_isInProgress() throws NoSuchAlgorithmException {
    String body = json("{'product':'meko','account':'{mia}','name':'a'}");
    api.world.tick();
    operator.post("/v1/keys", body).expect(201);
    String caller = api.trail().getFirst().actor().id();
    var sha256 = MessageDigest.getInstance("SHA-256");
    byte[] request = ("POST /v1/keys\n" + body).getBytes(StandardCharsets.UTF_8);
    String fingerprint = HexFormat.of().formatHex(sha256.digest(request));
    var idempotency = api.stores.idempotency();
    assertThat(idempotency.begin(caller, "running", fingerprint, api.world.now())).isNull();
    operator
        .with("Idempotency-Key", "running")
        .post("/v1/keys", body)
        .problem(409, "idempotency_in_progress");
  }

  @Test
  void repeat_ofAChange_answersTheFirstResultWhateverItsMethod() {
    String path = fixtures.fill("/v1/keys/{mecha.id}");
    Client patch = operator.with("Idempotency-Key", "patch");
    String first = patch.send("PATCH", path, json("{'name':'a'}")).expect(200).text;
    operator.send("PATCH", path, json("{'name':'b'}")).expect(200);
    assertThat(patch.send("PATCH", path, json("{'name':'a'}")).expect(200).text).isEqualTo(first);
    assertThat(operator.get(path).at("/name")).isEqualTo("b");
    patch.send("PATCH", path, json("{'name':'c'}")).problem(422, "idempotency_mismatch");
    String member = fixtures.fill("/v1/workspaces/{workspace}/members/{bob}");
    Client put = operator.with("Idempotency-Key", "put");
    put.send("PUT", member, json("{'role':'owner'}")).expect(200);
    put.send("PUT", member, json("{'role':'member'}")).problem(422, "idempotency_mismatch");
    Client delete = operator.with("Idempotency-Key", "delete");
    String removed = delete.send("DELETE", member, null).expect(200).text;
    api.world.tick();
    assertThat(delete.send("DELETE", member, null).expect(200).text).isEqualTo(removed);
    delete.send("DELETE", path, null).problem(422, "idempotency_mismatch");
  }

  @Test
  void repeat_ofACallThatKeywayStoppedIn_saysThatNobodyKnows() throws NoSuchAlgorithmException {
    String body = json("{'product':'meko','account':'{mia}','name':'a'}");
    api.world.tick();
    operator.post("/v1/keys", body).expect(201);
    String caller = api.trail().getFirst().actor().id();
    var sha256 = MessageDigest.getInstance("SHA-256");
    byte[] request = ("POST /v1/keys\n" + body).getBytes(StandardCharsets.UTF_8);
    String fingerprint = HexFormat.of().formatHex(sha256.digest(request));
    var idempotency = api.stores.idempotency();
    assertThat(idempotency.begin(caller, "lost", fingerprint, api.world.now())).isNull();
    idempotency.markInterrupted(api.world.now());
    Reply unknown =
        operator.with("Idempotency-Key", "lost").post("/v1/keys", body).problem(409, "conflict");
    assertThat(unknown.at("/detail")).contains("does not know whether");
  }

  @Test
  void idempotencyKey_ofOtherCharacters_isInvalid() {
    String body = json("{'product':'meko','account':'{mia}','name':'a'}");
    for (String key : List.of("two words", "x".repeat(256))) {
      operator.with("Idempotency-Key", key).post("/v1/keys", body).problem(400, "invalid_request");
    }
  }

  @Test
  @DisplayName("ALL-3 a change that is not known to hold is not called done")
  void revoke_thatIsNotConfirmed_saysSoAndCanBeRepeated() {
    var id = ApiKeyId.parse(fixtures.value("meko.id")).orElseThrow();
    VerifiableKey key = api.stores.apiKeys().findForVerification(id).orElseThrow();
    CompletableFuture<Void> silence = new CompletableFuture<>();
    assertThat(api.exchanges.enter(() -> silence, key)).isTrue();
    String path = fixtures.fill("/v1/keys/{meko.id}/revoke");
    Reply unconfirmed = operator.post(path, "{}").problem(503, "revocation_unconfirmed");
    assertThat(unconfirmed.header("Retry-After")).isEqualTo("1");
    silence.complete(null);
    assertThat(operator.post(path, "{}").expect(200).at("/revocation/effective_at")).isNotEmpty();
  }

  @Test
  @DisplayName("ALL-3 an answer of verify is never kept")
  void repeat_ofAVerification_isDecidedAnew() {
    String body = json("{'key':'{meko.secret}','count':false}");
    Client caller = fixtures.as("verifier").with("Idempotency-Key", "once");
    assertThat(caller.post("/v1/keys/verify", body).at("/code")).isEqualTo("valid");
    operator.send("DELETE", fixtures.fill("/v1/keys/{meko.id}"), null).expect(200);
    assertThat(caller.post("/v1/keys/verify", body).at("/code")).isEqualTo("revoked");
  }

  @Test
  void ifMatch_thatIsStale_isRefused() {
    String path = fixtures.fill("/v1/keys/{mecha.id}");
    String etag = operator.get(path).header("ETag");
    assertThat(etag).matches("\"\\d+\"");
    Client guarded = operator.with("If-Match", etag);
    String next = guarded.send("PATCH", path, json("{'name':'a'}")).expect(200).header("ETag");
    assertThat(next).isNotEqualTo(etag);
    guarded.send("PATCH", path, json("{'name':'b'}")).problem(412, "precondition_failed");
    guarded.send("DELETE", path, null).problem(412, "precondition_failed");
    operator.with("If-Match", "W/" + next).send("DELETE", path, null).expect(412);
    operator.with("If-Match", "*").send("PATCH", path, json("{'name':'c'}")).expect(200);
    assertThat(operator.get(path).at("/name")).isEqualTo("c");
  }

  @Test
  void ifMatch_takesAListOfTags() {
    String path = fixtures.fill("/v1/keys/{mecha.id}");
    String etag = operator.get(path).header("ETag");
    String body = json("{'name':'a'}");
    operator.with("If-Match", "\"77\", \"78\"").send("PATCH", path, body).expect(412);
    operator.with("If-Match", "77, W/" + etag).send("PATCH", path, body).expect(412);
    operator.with("If-Match", "\"77\"," + etag).send("PATCH", path, body).expect(200);
  }

  @Test
  void ifMatch_onAMember_isAboutItsWorkspace() {
    String members = fixtures.fill("/v1/workspaces/{workspace}/members");
    String bob = members + fixtures.fill("/{bob}");
    String etag = operator.get(members).expect(200).header("ETag");
    assertThat(etag).matches("\"\\d+\"");
    Client stale = operator.with("If-Match", "\"77\"");
    stale.send("PUT", bob, json("{'role':'owner'}")).problem(412, "precondition_failed");
    stale.send("DELETE", bob, null).problem(412, "precondition_failed");
    fixtures.as("mia").with("If-Match", "\"77\"").send("DELETE", bob, null).expect(404);
    operator.with("If-Match", etag).send("PUT", bob, json("{'role':'owner'}")).expect(200);
    operator.with("If-Match", "*").send("DELETE", bob, null).expect(200);
  }

  @Test
  void ifMatch_onWhatHasNoVersion_isRefusedUnlessAnyWillDo() {
    String resource = fixtures.fill("/v1/resources/{datapack}");
    Client one = operator.with("If-Match", "\"1\"");
    Client any = operator.with("If-Match", "*");
    one.send("DELETE", resource, null).problem(412, "precondition_failed");
    fixtures.as("mia").with("If-Match", "\"1\"").send("DELETE", resource, null).expect(403);
    any.send("DELETE", resource, null).expect(200);
    Reply created =
        operator.post("/v1/operator-keys", json("{'name':'short','rights':['read']}")).expect(201);
    String revoke = "/v1/operator-keys/" + created.at("/operator_key/id") + "/revoke";
    one.post(revoke, "{}").problem(412, "precondition_failed");
    any.post(revoke, "{}").expect(200);
  }

  @Test
  @DisplayName("MEMO-9 a management call counts whatever it answers, and says so")
  void managementCall_thatIsRefused_countsAndTellsTheLimit() {
    Client key = fixtures.as("key:memo");
    assertThat(key.get("/v1/keys").header("RateLimit")).endsWith(";t=60");
    assertThat(key.get("/v1/keys/key_aaaaaaaaaaaa").problem(404, "not_found").header("RateLimit"))
        .startsWith("\"management\";r=2");
    Reply invalid = key.post("/v1/keys", "[1]").problem(400, "invalid_request");
    assertThat(invalid.header("RateLimit")).startsWith("\"management\";r=1");
    assertThat(invalid.header("RateLimit-Policy")).isEqualTo("\"management\";q=4;w=60");
  }

  @Test
  @DisplayName("MEMO-7 a key that may not manage keys is told so first, and nothing is counted")
  void keyWithoutSelfManagement_isForbiddenBeforeItsBodyIsRead() {
    Client key = fixtures.as("key:meko");
    for (int call = 0; call < 6; call++) {
      Reply refused = key.post("/v1/keys", "[1]").problem(403, "forbidden");
      assertThat(refused.header("RateLimit")).isEmpty();
    }
    fixtures.as("ada").post("/v1/keys/verify", "[1]").problem(403, "forbidden");
  }

  @Test
  @DisplayName("MEMO-9 management calls of a key beyond the limit are refused with 429")
  void keyBeyondItsManagementLimit_isRefused() {
    Client key = fixtures.as("key:memo");
    for (int call = 0; call < 4; call++) {
      assertThat(key.get("/v1/keys").expect(200).header("RateLimit"))
          .startsWith("\"management\";r=" + (3 - call));
    }
    api.world.tick();
    key.get(fixtures.fill("/v1/keys/{memo.id}/usage")).problem(429, "rate_limited");
    Reply refused = key.get("/v1/keys").problem(429, "rate_limited");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 61);
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"management\";q=4;w=60");
    assertThat(api.trail().getFirst().reason()).isEqualTo("rate_limited");
    key.get("/v1/me").expect(200);
    operator.get("/v1/keys").expect(200);
  }

  @Test
  void verify_countsOnDataUnlessToldNotTo() {
    Client verifier = fixtures.as("verifier");
    String body = json("{'key':'{memo.secret}'}");
    String uncounted = json("{'key':'{memo.secret}','count':false}");
    for (int call = 0; call < 3; call++) {
      assertThat(verifier.post("/v1/keys/verify", uncounted).header("RateLimit")).isEmpty();
      assertThat(verifier.post("/v1/keys/verify", body).at("/code")).isEqualTo("valid");
    }
    Reply limited = verifier.post("/v1/keys/verify", body).expect(200);
    assertThat(limited.at("/code")).isEqualTo("rate_limited");
    assertThat(limited.at("/valid")).isEqualTo("false");
    assertThat(limited.header("Retry-After")).isNotEmpty();
  }

  @Test
  @DisplayName("ALL-5 an outage is never a wrong key")
  void verify_whenTheStoreIsDown_cannotSay() {
    String body = json("{'key':'{meko.secret}'}");
    Client verifier = fixtures.as("verifier");
    api.storeIsDown = true;
    Reply reply = verifier.post("/v1/keys/verify", body).problem(503, "cannot_verify");
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    fixtures.as("key:meko").get("/v1/me").problem(503, "unavailable");
  }

  @Test
  void operatorKey_isShownOnceAndRevokedAtOnce() {
    Reply created =
        operator.post("/v1/operator-keys", json("{'name':'short','rights':['read']}")).expect(201);
    Client reader = Client.anonymous(api.url()).bearer(created.at("/secret"));
    assertThat(reader.get("/v1/me").at("/operator_key/id"))
        .isEqualTo(created.at("/operator_key/id"));
    assertThat(operator.get("/v1/operator-keys").text).doesNotContain(created.at("/secret"));
    String revoke = "/v1/operator-keys/" + created.at("/operator_key/id") + "/revoke";
    operator.post(revoke, json("{'reason':'done'}")).expect(200);
    reader.get("/v1/me").problem(401, "unauthenticated");
  }

  @Test
  @DisplayName("ALL-1 a whole key is refused wherever none belongs, and not repeated")
  void key_whereNoneBelongs_isRefusedAndNotRepeated() {
    String key = fixtures.value("memo.secret");
    String typo = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");
    String escaped = "\\u006d" + key.substring(1);
    String encoded = "%6d" + key.substring(1);
    String revoke = fixtures.fill("/v1/keys/{memo.id}/revoke");
    for (String secret : List.of(key, typo, escaped, "was " + key + ".")) {
      refused(operator.post(revoke, "{\"reason\":\"" + secret + "\"}"), "invalid_request");
    }
    String patch = fixtures.fill("/v1/keys/{memo.id}");
    refused(operator.send("PATCH", patch, "{\"name\":\"" + key + "\"}"), "invalid_name");
    refused(operator.post("/v1/keys", "{\"product\":\"" + key + "\"}"), "invalid_request");
    refused(operator.post("/v1/keys", "{\"" + key + "\":1}"), "invalid_request");
    String sessions = "{\"email\":\"" + key + "\",\"password\":\"" + key + "\"}";
    refused(fixtures.as("nobody").post("/v1/sessions", sessions), "invalid_request");
    refused(operator.get("/v1/accounts/" + key), "invalid_request");
    refused(operator.get("/v1/accounts/" + encoded), "invalid_request");
    refused(operator.get("/v1/keys?q=" + key), "invalid_request");
    refused(operator.get("/v1/keys?q=" + encoded), "invalid_request");
    refused(operator.with("Idempotency-Key", key).post(revoke, "{}"), "invalid_request");
    String ownKey = api.operator(Set.of(Right.READ));
    refused(operator.post(revoke, "{\"reason\":\"" + ownKey + "\"}"), "invalid_request");
    assertThat(api.trail().toString()).doesNotContain(key.substring(9)).doesNotContain(ownKey);
    assertThat(operator.get(patch).at("/status")).isEqualTo("active");
  }

  private void refused(Reply reply, String code) {
    String secret = fixtures.value("memo.secret");
    assertThat(reply.problem(400, code).text)
        .contains("looks like a key")
        .doesNotContain(secret.substring(12, 40));
  }

  @Test
  @DisplayName("ALL-6 a refused call is a row under what it named")
  void refusal_isARowAboutWhatItNamed() {
    api.world.tick();
    operator.post("/v1/keys", json("{'product':'meko','account':'{mia}'}")).expect(400);
    var row = api.trail().getFirst();
    assertThat(row.subject().account()).isEqualTo(fixtures.value("mia"));
    assertThat(row.subject().product()).isEqualTo("meko");
    assertThat(row.id()).isEqualTo("aud_" + row.requestId());
  }

  @Test
  @DisplayName("ALL-6 nobody writes rows into the trail of others by naming them")
  void refusal_isNoRowAboutWhatDoesNotExistForTheCaller() {
    String theirs = json("{'product':'memo','account':'{ada}','workspace':'{workspace}'}");
    String key = fixtures.fill("/v1/keys/{memo.id}");
    Client stranger = fixtures.as("mia");
    api.world.tick();
    stranger.post("/v1/keys", theirs).expect(403);
    assertThat(api.trail().getFirst().subject())
        .isEqualTo(new AuditEvent.Subject("meko", null, fixtures.value("mia"), null));
    api.world.tick();
    stranger.send("DELETE", key, null).expect(404);
    assertThat(api.trail().getFirst().subject())
        .isEqualTo(new AuditEvent.Subject("meko", null, fixtures.value("mia"), null));
    api.world.tick();
    fixtures.as("meko_operator").post("/v1/keys", theirs).expect(403);
    assertThat(api.trail().getFirst().subject()).isEqualTo(AuditEvent.Subject.NONE);
    api.world.tick();
    fixtures
        .as("bob")
        .send("DELETE", fixtures.fill("/v1/workspaces/{workspace}/members/{ada}"), null);
    assertThat(api.trail().getFirst().subject().account()).isEqualTo(fixtures.value("ada"));
  }

  @Test
  void unknownCaller_leavesNoRow() {
    int rows = api.trail().size();
    Client.anonymous(api.url()).bearer("kwo_nonsense").get("/v1/me").expect(401);
    Client.anonymous(api.url()).get("/v1/keys").expect(401);
    assertThat(api.trail()).hasSize(rows);
    assertThat(Client.anonymous(api.url()).get("/metrics").text)
        .contains("operation=\"getMe\",status=\"401\"");
  }

  private String json(String text) {
    return fixtures.fill(text).replace('\'', '"');
  }
}
