package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * CORS, the {@code .well-known} rule, limits per route, and the three ways an upstream can fail.
 */
@DisplayName("Contract: the gateway's own answers")
final class GatewayRulesContractTest {

  private static final String ORIGIN = "https://app.example";

  private final Bench bench = Bench.shared();
  private final Door door = bench.door();

  @Test
  void preflight_ofAListedOrigin_isAnsweredAndNeverForwarded() {
    String path = bench.answering(Json.of());
    Answer preflight = preflight("/echo" + path, ORIGIN);
    assertThat(preflight.status() / 100).isEqualTo(2);
    assertThat(preflight.header("access-control-allow-origin")).contains(ORIGIN);
    assertThat(preflight.header("access-control-allow-methods").orElse("")).contains("POST");
    assertThat(preflight.header("access-control-allow-headers").orElse(""))
        .containsIgnoringCase("authorization");
    assertThat(bench.upstream().waiting(path)).isZero();
  }

  @Test
  void answer_toAListedOrigin_saysSo() {
    NewKey key = bench.key("echo");
    String path = bench.answering(Json.of());
    Answer answer =
        door.get("/echo" + path, "Authorization", key.bearer(), "Origin", ORIGIN).expect(200);
    assertThat(answer.header("access-control-allow-origin")).contains(ORIGIN);
    assertThat(answer.header("vary").orElse("")).containsIgnoringCase("origin");
    Answer refused = door.get("/echo" + path, "Origin", ORIGIN).problem(401, "missing_key");
    assertThat(refused.header("access-control-allow-origin")).contains(ORIGIN);
  }

  @Test
  void otherOrigins_andProductsWithoutCors_getNoHeaders() {
    String path = bench.answering(Json.of());
    assertThat(
            preflight("/echo" + path, "https://evil.example").header("access-control-allow-origin"))
        .isEmpty();
    assertThat(preflight("/many" + path, ORIGIN).header("access-control-allow-origin")).isEmpty();
    assertThat(bench.upstream().waiting(path)).isZero();
    Answer api =
        bench
            .keyway()
            .anonymous()
            .with("Origin", ORIGIN)
            .with("Access-Control-Request-Method", "POST")
            .get("/v1/me");
    assertThat(api.header("access-control-allow-origin")).isEmpty();
  }

  @Test
  void oauthDiscovery_anywhere_isNotFoundWithoutAsking() {
    for (String path :
        List.of(
            "/.well-known/oauth-protected-resource",
            "/.well-known/oauth-authorization-server/echo/mcp",
            "/.well-known/openid-configuration",
            "/echo/mcp/.well-known/oauth-protected-resource",
            "/echo/t/a/.well-known/openid-configuration")) {
      Answer answer = door.get(path).expect(404);
      assertThat(answer.header("content-type").orElse("")).contains("json");
      assertThat(answer.header("www-authenticate")).isEmpty();
      Json.read(answer.body());
    }
  }

  @Test
  void upstreamThatCannotBeReached_is502() {
    NewKey key = bench.key("echo");
    door.getAs(key, "/echo/dead/x").problem(502, "upstream_unavailable");
  }

  @Test
  void upstreamThatHangsUp_is502() {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/t");
    bench
        .upstream()
        .on(
            path,
            (_, _) -> {
              throw new IOException("hang up");
            });
    door.call("POST", "/echo" + path, "x", "Authorization", key.bearer())
        .problem(502, "upstream_unavailable");
  }

  @Test
  void upstreamThatDoesNotAnswer_is504_andItsRequestIsGivenUp() throws Exception {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/silent");
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    bench.upstream().on(path, (_, wire) -> cancelled.complete(wire.isCut()));
    door.getAs(key, "/echo" + path).problem(504, "upstream_timeout");
    assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void upstreamWithoutAnAddress_is503_butOnlyForValidKeys() {
    NewKey key = bench.key("echo");
    door.getAs(key, "/echo/nowhere/x").problem(503, "upstream_not_configured");
    door.get("/echo/nowhere/x").problem(401, "missing_key");
  }

  @Test
  @DisplayName(
      "ALL-4 a route's limit admits exactly its requests; refusals and another key count nothing")
  void limit_ofTheRoute_isExactAndPerKey() {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/few");
    bench
        .upstream()
        .on(
            path,
            (_, wire) -> wire.respond(500, "text/plain", "counts whatever the upstream says"));
    for (int i = 0; i < 10; i++) {
      door.get("/echo" + path, "Authorization", key.bearer(), "X-API-Key", "x")
          .problem(400, "invalid_request");
    }
    for (int i = 1; i <= 5; i++) {
      Answer admitted = door.getAs(key, "/echo" + path).expect(500);
      assertThat(admitted.body()).contains("counts");
    }
    Answer refused = door.getAs(key, "/echo" + path).problem(429, "rate_limited");
    assertThat(Integer.parseInt(refused.header("retry-after").orElseThrow())).isBetween(1, 60);
    assertThat(refused.header("ratelimit-policy").orElse("")).contains("q=5").contains("w=60");
    assertThat(refused.header("ratelimit").orElse("")).contains("r=0");
    door.getAs(bench.key("echo"), "/echo" + path).expect(500);
    door.getAs(key, "/echo" + bench.answering(Json.of())).expect(200);
  }

  @Test
  void revokedKey_whoseLimitIsSpent_isRevoked() {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/few");
    bench.upstream().on(path, (_, wire) -> wire.respond(200, "text/plain", "ok"));
    for (int i = 0; i < 5; i++) {
      door.getAs(key, "/echo" + path).expect(200);
    }
    door.getAs(key, "/echo" + path).problem(429, "rate_limited");
    bench.keyway().tenants().revoke(key.id());
    door.getAs(key, "/echo" + path).problem(401, "invalid_key");
  }

  private Answer preflight(String target, String origin) {
    return door.call(
        "OPTIONS",
        target,
        "",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization, content-type");
  }
}
