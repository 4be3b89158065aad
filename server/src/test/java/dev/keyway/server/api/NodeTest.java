package dev.keyway.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.server.http.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Health, metrics, papers, and what belongs to every answer. */
final class NodeTest {
  private final RunningApi api = new RunningApi();
  private final Client anonymous = Client.anonymous(api.url());

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void health_isRedOnlyWithoutAStoreOrWhileDraining() {
    assertThat(anonymous.get("/health").expect(200).at("/ready")).isEqualTo("true");
    api.storeIsDown = true;
    assertThat(anonymous.get("/health").expect(503).at("/store")).isEqualTo("unavailable");
    api.storeIsDown = false;
    api.draining = true;
    assertThat(anonymous.get("/health").expect(503).at("/draining")).isEqualTo("true");
    anonymous.get("/health/live").expect(200);
  }

  @Test
  void metrics_countDecisionsByProductOutcomeAndReason() {
    var fixtures = new Fixtures(api);
    String body = "{\"key\":\"" + fixtures.value("meko.secret") + "\"}";
    fixtures.as("verifier").post("/v1/keys/verify", body).expect(200);
    assertThat(anonymous.get("/metrics").expect(200).text)
        .contains(
            "keyway_decisions_total{outcome=\"allowed\",product=\"meko\",reason=\"none\"} 1.0")
        .doesNotContain(fixtures.value("meko.secret"));
  }

  @ParameterizedTest
  @EnumSource
  void problem_hasAPage(ProblemCode code) {
    assertThat(anonymous.get("/problems/" + code.text()).expect(200).text)
        .startsWith("# `" + code.text() + "`")
        .contains("**" + code.status() + "** " + code.title())
        .contains("## What to do");
  }

  @Test
  void openApi_isServedAsJson() {
    assertThat(anonymous.get("/openapi.json").expect(200).at("/openapi")).isEqualTo("3.1.0");
    assertThat(anonymous.get("/.well-known/jwks.json").expect(200).text).isEqualTo("{\"keys\":[]}");
  }

  @Test
  void everyAnswer_carriesItsIdAndClosesBrowsersDoors() {
    var reply = anonymous.get("/v1/me");
    assertThat(reply.header("Keyway-Request-Id")).matches("req_[0-9a-z]{20}");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"keyway\"");
    var foreign = anonymous.with("Origin", "https://evil.example").get("/v1/me");
    assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void path_thatIsNone_isNotFound() {
    anonymous.sendUndocumented("GET", "/v1/nothing", null).problem(404, "not_found");
    anonymous.sendUndocumented("GET", "/", null).problem(404, "not_found");
    anonymous.sendUndocumented("GET", "/v1//keys", null).problem(404, "not_found");
    var type = anonymous.sendUndocumented("GET", "/v1/nothing", null).at("/type");
    assertThat(type).isEqualTo(api.url() + "/problems/not_found");
  }

  @Test
  void method_thatIsNone_namesThoseThatAre() {
    var reply = anonymous.sendUndocumented("PUT", "/v1/keys", "{}");
    reply.problem(405, "method_not_allowed");
    assertThat(reply.header("Allow")).isEqualTo("GET, POST");
  }

  @Test
  void head_isGetWithoutABody() {
    var reply = anonymous.sendUndocumented("HEAD", "/health", null);
    assertThat(reply.status).isEqualTo(200);
    assertThat(reply.text).isEmpty();
  }

  @Test
  void body_beyondTheLimit_isTooLarge() {
    for (int size : List.of(65_536, 8 << 20)) {
      String body = "{\"email\":\"" + "x".repeat(size) + "\"}";
      anonymous.post("/v1/sessions", body).problem(413, "too_large");
    }
  }
}
