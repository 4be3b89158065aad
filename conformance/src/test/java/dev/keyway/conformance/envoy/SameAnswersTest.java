package dev.keyway.conformance.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Basic;
import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.EnvoyDoor;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each situation of the contract's table, at the gateway and through Envoy: one answer. */
@DisplayName("Envoy: the gateway's answers")
final class SameAnswersTest {
  private static final String MACHINES = "/mecha/v1/machines";
  private static final String TRANSCRIPTIONS = "/memo/api/v1/developer/transcriptions";
  private static final String PROJECTS = "/memorylake/projects/";
  private static final String ORIGIN = "https://app.example";

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();
  private final EnvoyDoor envoy = keyway.envoy();

  @AfterEach
  void close() {
    envoy.close();
  }

  private void same(int status, String code, String method, String target, String... headers) {
    same(keyway.door(), envoy, status, code, method, target, headers);
  }

  private static Answer same(
      Door gateway,
      EnvoyDoor envoy,
      int status,
      String code,
      String method,
      String target,
      String... headers) {
    Answer there = gateway.call(method, target, "", headers).problem(status, code);
    Answer here = envoy.call(method, target, headers).problem(status, code);
    for (String name :
        List.of(
            "www-authenticate",
            "retry-after",
            "allow",
            "cache-control",
            "content-type",
            "access-control-allow-origin",
            "access-control-expose-headers",
            "ratelimit-policy")) {
      assertThat(here.header(name))
          .as("%s %s: %s", method, target, name)
          .isEqualTo(there.header(name));
    }
    assertThat(here.header("keyway-code")).contains(code);
    assertThat(here.header("keyway-status")).contains(Integer.toString(status));
    assertThat(here.header("keyway-request-id")).contains(here.text("request_id"));
    assertThat(here.text("detail")).isEqualTo(there.text("detail"));
    assertThat(here.text("type")).isEqualTo(there.text("type"));
    return here;
  }

  @Test
  void noCredential_orABadOne() {
    same(401, "missing_key", "GET", MACHINES);
    NewKey other = Products.MEKO.newKey(tenants);
    NewKey revoked = Products.MECHA.newKey(tenants);
    tenants.revoke(revoked.id());
    for (String value :
        List.of(
            "Bearer nonsense",
            "Bearer " + KeyForm.neverIssued("mch_"),
            "Bearer  " + Products.MECHA.newKey(tenants).secret(),
            "Digest x",
            other.bearer(),
            revoked.bearer())) {
      same(401, "invalid_key", "GET", MACHINES, "Authorization", value);
    }
    NewKey key = Products.MECHA.newKey(tenants);
    same(401, "invalid_key", "GET", MACHINES, "X-API-Key", key.secret());
    same(401, "invalid_key", "GET", MACHINES, "Authorization", Basic.of(other.id(), key.secret()));
  }

  @Test
  void placesFilledTwice_areRefused_joinedOrNot() {
    NewKey key = Products.MECHA.newKey(tenants);
    String[] twice = {"Authorization", key.bearer(), "Authorization", key.bearer()};
    same(400, "invalid_request", "GET", MACHINES, twice);
    EnvoyDoor.seen("joined", envoy.check(EnvoyDoor.joined("GET", MACHINES, twice).build()))
        .problem(400, "invalid_request");
    String[] both = {"Authorization", key.bearer(), "X-API-Key", "anything"};
    same(400, "invalid_request", "GET", MACHINES, both);
    EnvoyDoor.seen("joined", envoy.check(EnvoyDoor.joined("GET", MACHINES, both).build()))
        .problem(400, "invalid_request");
    NewKey lake = Products.MEMORYLAKE.newKey(tenants);
    String query = "/memorylake/mcp/v1?apikey=" + lake.secret();
    same(400, "invalid_request", "POST", query, "Authorization", lake.bearer());
    same(400, "invalid_request", "POST", query + "&apikey=");
  }

  @Test
  void keyInTheQuery_comesFirst() {
    NewKey key = Products.MECHA.newKey(tenants);
    for (String query : List.of("apikey=x", "access_token=", "q=" + key.secret())) {
      same(401, "key_in_query", "GET", MACHINES + "?" + query);
      same(401, "key_in_query", "GET", MACHINES + "?" + query, "Authorization", key.bearer());
    }
  }

  @Test
  void plan_andScope() {
    Tenants.Workspace pro = tenants.workspace("memo", "pro");
    NewKey key = tenants.key(pro, pro.owner());
    assertThat(envoy.call("GET", TRANSCRIPTIONS, "Authorization", key.bearer()).status())
        .isEqualTo(200);
    keyway.operator().patch("/v1/workspaces/" + pro.id(), Json.of("plan", "free")).expect(200);
    same(403, "api_access_denied", "GET", TRANSCRIPTIONS, "Authorization", key.bearer());

    String account = tenants.account("memorylake");
    String mine = tenants.resource("memorylake", account, "project");
    String other = tenants.resource("memorylake", account, "project");
    NewKey scoped = tenants.projectKey(account, mine);
    String[] bearer = {"Authorization", scoped.bearer()};
    same(403, "out_of_scope", "POST", PROJECTS + other + "/mcp/v1", bearer);
    assertThat(envoy.call("POST", PROJECTS + mine + "/mcp/v1", bearer).status()).isEqualTo(200);
  }

  @Test
  void paths_thatLeadNowhere() {
    NewKey key = Products.MECHA.newKey(tenants);
    String[] bearer = {"Authorization", key.bearer()};
    same(404, "not_found", "GET", "/nobody/v1", bearer);
    same(404, "not_found", "GET", "/mecha/v2", bearer);
    same(404, "not_found", "GET", "/mecha/.well-known/oauth-protected-resource");
    same(400, "invalid_request", "GET", MACHINES + "/%2e%2e/x", bearer);
    same(405, "method_not_allowed", "PUT", TRANSCRIPTIONS);
  }

  @Test
  void product_namedByTheConfiguration_ownsTheWholePath() {
    NewKey key = Products.MECHA.newKey(tenants);
    var request = EnvoyDoor.request("GET", "/v1/machines", "Authorization", key.bearer());
    request.getAttributesBuilder().putContextExtensions("product", "mecha");
    assertThat(envoy.check(request.build()).hasOkResponse()).isTrue();
    request.getAttributesBuilder().putContextExtensions("product", "memo");
    EnvoyDoor.seen("memo", envoy.check(request.build())).problem(404, "not_found");
    request.getAttributesBuilder().putContextExtensions("product", "nobody");
    EnvoyDoor.seen("nobody", envoy.check(request.build())).problem(404, "not_found");
  }

  @Test
  void limit_isOneForAllDoors_andSaysTheSame() {
    Bench bench = Bench.shared();
    NewKey key = bench.key("echo");
    bench.upstream().on("/few", (_, wire) -> wire.respond(200, "text/plain", "ok"));
    String[] bearer = {"Authorization", key.bearer(), "Origin", ORIGIN};
    try (EnvoyDoor door = bench.keyway().envoy()) {
      for (int i = 0; i < 3; i++) {
        bench.door().get("/echo/few", bearer).expect(200);
      }
      Answer fourth = door.call("GET", "/echo/few", bearer).expect(200);
      assertThat(fourth.header("ratelimit").orElseThrow()).startsWith("\"few\";r=1;");
      assertThat(fourth.header("access-control-allow-origin")).contains(ORIGIN);
      assertThat(fourth.header("keyway-request-id")).isPresent();
      door.call("GET", "/echo/few", bearer).expect(200);
      Answer there = bench.door().get("/echo/few", bearer).problem(429, "rate_limited");
      Answer here = door.call("GET", "/echo/few", bearer).problem(429, "rate_limited");
      int wait = Integer.parseInt(here.header("retry-after").orElseThrow());
      int waitThere = Integer.parseInt(there.header("retry-after").orElseThrow());
      assertThat(wait).isBetween(Math.max(1, waitThere - 1), waitThere);
      assertThat(here.header("ratelimit-policy")).isEqualTo(there.header("ratelimit-policy"));
    }
  }

  @Test
  void browsers_areToldTheSame() {
    Bench bench = Bench.shared();
    try (EnvoyDoor door = bench.keyway().envoy()) {
      same(bench.door(), door, 401, "missing_key", "GET", "/echo/t", "Origin", ORIGIN);
      same(bench.door(), door, 401, "missing_key", "GET", "/echo/t", "Origin", "https://x.example");
      String[] preflight = {
        "Origin", ORIGIN,
        "Access-Control-Request-Method", "POST",
        "Access-Control-Request-Headers", "authorization"
      };
      Answer there = bench.door().call("OPTIONS", "/echo/t/posts-only", "", preflight);
      Answer here = door.call("OPTIONS", "/echo/t/posts-only", preflight);
      assertThat(here.status()).isEqualTo(there.status()).isEqualTo(204);
      for (String name :
          List.of(
              "access-control-allow-origin",
              "access-control-allow-methods",
              "access-control-allow-headers",
              "access-control-max-age")) {
        assertThat(here.header(name)).as(name).isPresent().isEqualTo(there.header(name));
      }
    }
  }
}
