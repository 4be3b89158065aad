package dev.keyway.conformance.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireUpstream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * An application that is guarded by a client of ours, before the real program: what the gateway
 * answers, it answers too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApplicationDoorContract {
  private static final String PRODUCT = "guarded";
  private static final String ORIGIN = "https://app.example";

  private WireUpstream upstream;
  private ServedKeyway keyway;
  private GuardedApplication application;

  /** An application that is guarded by this product of the program at this control listener. */
  abstract GuardedApplication guarded(URI control, String product) throws Exception;

  @BeforeAll
  void start() throws Exception {
    upstream = WireUpstream.start();
    upstream.otherwise((_, wire) -> wire.respond(200, "application/json", "{}"));
    Map<String, String> profiles = new TreeMap<>();
    for (String name : new String[] {"guarded.yaml", "other.yaml"}) {
      profiles.put(
          name,
          Resource.text("java/" + name)
              .replace("http://upstream.invalid", upstream.address().toString()));
    }
    keyway = ServedKeyway.start(profiles, Map.of());
    application = guarded(keyway.control(), PRODUCT);
  }

  @AfterAll
  void stop() throws Exception {
    application.close();
    keyway.close();
    upstream.close();
  }

  @Test
  void goodKey_reachesTheApplication_whichSeesWhoseItIs() {
    NewKey key = key(workspace());
    Answer answer = both("GET", "/v1/machines", "Authorization", key.bearer()).expect(200);
    assertThat(answer.text("key")).isEqualTo(key.id());
    assertThat(answer.text("authorization")).isEqualTo("null");
  }

  @Test
  void keyThatIsNotGood_isRefusedAlike() {
    NewKey key = key(workspace());
    both("GET", "/v1").problem(401, "missing_key");
    both("GET", "/v1", "Authorization", "Bearer nonsense").problem(401, "invalid_key");
    both("GET", "/v1", "Authorization", "Bearer " + KeyForm.neverIssued("grd_"))
        .problem(401, "invalid_key");
    both("GET", "/v1", "Authorization", "Bearer " + KeyForm.withOtherSecret(key.secret()))
        .problem(401, "invalid_key");
    Tenants tenants = keyway.tenants();
    NewKey foreign = tenants.key("other", tenants.account("other"));
    both("GET", "/v1", "Authorization", foreign.bearer()).problem(401, "invalid_key");
    both("GET", "/v1", "X-API-Key", key.secret()).problem(401, "invalid_key");
  }

  @Test
  void keyInTheWrongPlace_isRefusedAlike() {
    NewKey key = key(workspace());
    both("GET", "/v1?apikey=" + key.secret()).problem(401, "key_in_query");
    both("GET", "/v1?x=" + key.secret(), "Authorization", key.bearer())
        .problem(401, "key_in_query");
    both("GET", "/v1", "Authorization", key.bearer(), "X-API-Key", "x")
        .problem(400, "invalid_request");
    both("GET", "/v1", "Authorization", key.bearer(), "Authorization", key.bearer())
        .problem(400, "invalid_request");
  }

  @Test
  void pathOrMethodThatIsNone_isRefusedAlike() {
    NewKey key = key(workspace());
    both("GET", "/nowhere", "Authorization", key.bearer()).problem(404, "not_found");
    Answer method = both("GET", "/v1/posts-only", "Authorization", key.bearer());
    assertThat(method.problem(405, "method_not_allowed").header("allow")).contains("POST");
  }

  @Test
  @DisplayName("ALL-3 an application: a revoked key is refused by the request after the revoke")
  void revokedKey_isRefusedAtOnce() {
    NewKey key = key(workspace());
    both("GET", "/v1", "Authorization", key.bearer()).expect(200);
    keyway.tenants().revoke(key.id());
    both("GET", "/v1", "Authorization", key.bearer()).problem(401, "invalid_key");
  }

  @Test
  void keyThatExpires_isRefusedAlike() {
    Tenants.Workspace workspace = workspace();
    NewKey key =
        keyway
            .tenants()
            .create(
                Json.of(
                    "product",
                    PRODUCT,
                    "account",
                    workspace.owner(),
                    "workspace",
                    workspace.id(),
                    "expires_at",
                    Instant.now().plusSeconds(3).toString()));
    Eventually.holds(
        "the key's end",
        Duration.ofSeconds(20),
        () -> application.door().getAs(key, "/v1").status() == 401);
    both("GET", "/v1", "Authorization", key.bearer()).problem(401, "invalid_key");
  }

  @Test
  void planWithoutAccess_isRefusedAlike() {
    Tenants.Workspace workspace = workspace();
    NewKey key = key(workspace);
    keyway
        .operator()
        .patch("/v1/workspaces/" + workspace.id(), Json.of("plan", "free"))
        .expect(200);
    both("GET", "/v1", "Authorization", key.bearer()).problem(403, "api_access_denied");
  }

  @Test
  @DisplayName("ALL-4 one limit for the application and the gateway")
  void limit_isSharedWithTheGateway_andSaysWhenToComeAgain() {
    NewKey key = key(workspace());
    application.door().getAs(key, "/v1/few").expect(200);
    keyway.door().getAs(key, "/" + PRODUCT + "/v1/few").expect(200);
    Answer last = application.door().getAs(key, "/v1/few").expect(200);
    assertThat(last.header("ratelimit").orElse("")).contains("r=0");
    Answer refused = both("GET", "/v1/few", "Authorization", key.bearer());
    refused.problem(429, "rate_limited");
    assertThat(refused.header("ratelimit-policy")).contains("\"few\";q=3;w=600");
  }

  @Test
  void browser_isAnsweredAlike() {
    Answer preflight =
        both("OPTIONS", "/v1", "Origin", ORIGIN, "Access-Control-Request-Method", "GET");
    assertThat(preflight.header("access-control-allow-origin")).contains(ORIGIN);
    Answer refused = both("GET", "/v1", "Origin", ORIGIN).problem(401, "missing_key");
    assertThat(refused.header("access-control-allow-origin")).contains(ORIGIN);
  }

  @Test
  @DisplayName("ALL-5 with Keyway stopped the application answers 503, never 401")
  void keywayStopped_is503() throws Exception {
    Map<String, String> profile = Map.of("other.yaml", Resource.text("java/other.yaml"));
    try (ServedKeyway shortLived = ServedKeyway.start(profile, Map.of());
        GuardedApplication guarded = guarded(shortLived.control(), "other")) {
      NewKey key = shortLived.tenants().key("other", shortLived.tenants().account("other"));
      guarded.door().getAs(key, "/v1").expect(200);
      shortLived.program().kill();
      for (String bearer : new String[] {key.bearer(), "Bearer nonsense"}) {
        Answer answer = guarded.door().get("/v1", "Authorization", bearer);
        assertThat(answer.problem(503, "cannot_verify").header("retry-after")).contains("5");
      }
    }
  }

  private Tenants.Workspace workspace() {
    return keyway.tenants().workspace(PRODUCT, "pro");
  }

  private NewKey key(Tenants.Workspace workspace) {
    return keyway
        .tenants()
        .create(
            Json.of("product", PRODUCT, "account", workspace.owner(), "workspace", workspace.id()));
  }

  /** Asks the gateway and the application the same, and hands on the application's answer. */
  private Answer both(String method, String target, String... fields) {
    Door gateway = keyway.door();
    Answer theirs = gateway.call(method, "/" + PRODUCT + target, "", fields);
    Answer ours = application.door().call(method, target, "", fields);
    assertThat(ours.status()).as("%s %s", method, ours.body()).isEqualTo(theirs.status());
    if (ours.status() >= 400) {
      assertThat(ours.text("code")).isEqualTo(theirs.text("code"));
      assertThat(ours.header("www-authenticate")).isEqualTo(theirs.header("www-authenticate"));
    }
    assertThat(ours.header("retry-after").isPresent())
        .isEqualTo(theirs.header("retry-after").isPresent());
    if (ours.header("retry-after").isPresent()) {
      // The second may have turned between the two.
      assertThat(seconds(ours)).isBetween(seconds(theirs) - 1, seconds(theirs) + 1);
    }
    return ours;
  }

  private static int seconds(Answer answer) {
    return Integer.parseInt(answer.header("retry-after").orElseThrow());
  }
}
