package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Basic;
import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.Secrets;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an upstream gets and gives: seen by an upstream of our own behind a server of our own. */
@DisplayName("Contract: what the upstream sees")
final class PassageContractTest {

  private final Bench bench = Bench.shared();
  private final Door door = bench.door();

  @Test
  void request_arrivesWithoutTheProductAndElseAsSent() {
    NewKey key = bench.key("echo");
    String path = bench.answering(Json.of("ok", true));
    String target = path + "?a=1&b=%20x&b=%C3%A9&empty=&flag";
    Answer answer =
        door.call(
            "POST",
            "/echo" + target,
            "{\"größe\": 1}",
            "Authorization",
            key.bearer(),
            "X-Own",
            "kept, as is");
    assertThat(answer.expect(200).at("ok").asBoolean()).isTrue();
    WireMessage seen = bench.upstream().next(path);
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.target()).isEqualTo(target);
    assertThat(seen.text()).isEqualTo("{\"größe\": 1}");
    assertThat(seen.header("X-Own")).contains("kept, as is");
    assertThat(seen.header("Authorization")).isEmpty();
  }

  @Test
  void identity_isToldInKeywaysHeaders() {
    NewKey key = bench.key("echo");
    String path = bench.answering(Json.of());
    door.getAs(key, "/echo" + path).expect(200);
    WireMessage seen = bench.upstream().next(path);
    assertThat(seen.headers("Keyway-Key-Id")).containsExactly(key.id());
    assertThat(seen.headers("Keyway-Account-Id"))
        .containsExactly(key.key().at("/created_by").asText());
    assertThat(seen.headers("Keyway-Request-Id")).hasSize(1);
    assertThat(seen.headers("X-Upstream-Secret")).containsExactly(Bench.UPSTREAM_SECRET);
  }

  @Test
  @DisplayName("LAKE-7 no place's credential reaches the upstream, used or not")
  void credentials_ofEveryPlace_areStripped() {
    NewKey key = bench.key("many");
    List<List<String>> ways =
        List.of(
            List.of("Authorization: " + key.bearer()),
            List.of("Authorization: " + Basic.of(key.id(), key.secret())),
            List.of("X-API-Key: " + key.secret()),
            List.of("x-api-key: " + key.secret()));
    String part = Secrets.secretPart(key.secret(), "mny_");
    for (List<String> way : ways) {
      String path = bench.answering(Json.of());
      assertThat(raw("GET /many" + path + "?page=2", way).status()).isEqualTo(200);
      WireMessage seen = bench.upstream().next(path);
      assertThat(seen.toString()).doesNotContain(part);
      assertThat(seen.headers("Authorization")).isEmpty();
      assertThat(seen.headers("X-API-Key")).isEmpty();
      assertThat(seen.target()).isEqualTo(path + "?page=2");
    }
    String path = bench.answering(Json.of());
    door.get("/many" + path + "?page=2&apikey=" + key.secret() + "&z=%41").expect(200);
    assertThat(bench.upstream().next(path).target()).isEqualTo(path + "?page=2&z=%41");
  }

  @Test
  void inboundKeywayHeaders_inAnyDisguise_areDropped() {
    NewKey key = bench.key("echo");
    String path = bench.answering(Json.of());
    raw(
        "GET /echo" + path,
        List.of(
            "Authorization: " + key.bearer(),
            "Keyway-Account-Id: acc_forged",
            "KEYWAY-KEY-ID: key_forged",
            "keyway_account_id: acc_forged",
            "Keyway_Workspace-Id: ws_forged",
            "Keyway-Anything: forged",
            "X-Upstream-Secret: forged",
            "Connection: Keyway-Key-Id, X-Upstream-Secret"));
    WireMessage seen = bench.upstream().next(path);
    assertThat(seen.toString()).doesNotContain("forged");
    assertThat(seen.headers("Keyway-Key-Id")).containsExactly(key.id());
    assertThat(seen.headers("X-Upstream-Secret")).containsExactly(Bench.UPSTREAM_SECRET);
  }

  @Test
  void keywaysCookies_areDropped_othersKept() {
    NewKey key = bench.key("echo");
    String path = bench.answering(Json.of());
    raw(
        "GET /echo" + path,
        List.of(
            "Authorization: " + key.bearer(),
            "Cookie: theme=dark; keyway_session=stolen; __Host-keyway=stolen; lang=de"));
    WireMessage seen = bench.upstream().next(path);
    assertThat(seen.toString()).doesNotContain("stolen");
    assertThat(String.join("; ", seen.headers("Cookie")))
        .contains("theme=dark")
        .contains("lang=de");
  }

  @Test
  void upstreamsCookies_underKeywaysNames_areDropped() {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/t");
    bench
        .upstream()
        .on(
            path,
            (_, wire) ->
                wire.respond(
                    200,
                    "text/plain",
                    "ok",
                    "Set-Cookie: keyway_session=planted; Path=/",
                    "Set-Cookie: __Host-keyway=planted; Path=/; Secure",
                    "Set-Cookie: own=1; Path=/"));
    Answer answer = door.getAs(key, "/echo" + path).expect(200);
    assertThat(answer.headers().get("set-cookie")).containsExactly("own=1; Path=/");
  }

  @Test
  void answer_passesUnchanged() {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/t");
    bench
        .upstream()
        .on(
            path,
            (_, wire) ->
                wire.respond(
                    418, "text/x-teapot", "short and stöut", "X-Own: kept", "ETag: \"7\""));
    Answer answer = door.getAs(key, "/echo" + path).expect(418);
    assertThat(answer.body()).isEqualTo("short and stöut");
    assertThat(answer.header("content-type")).contains("text/x-teapot");
    assertThat(answer.header("x-own")).contains("kept");
    assertThat(answer.header("etag")).contains("\"7\"");
  }

  @Test
  @DisplayName(
      "LAKE-4 a route that names the resource in its path opens the key's own resource only")
  void scopeSegment_guardsThePath() {
    Tenants tenants = bench.keyway().tenants();
    String account = tenants.account("scoped");
    String project = tenants.resource("scoped", account, "project");
    String other = tenants.resource("scoped", account, "project");
    NewKey key =
        tenants.create(Json.of("product", "scoped", "account", account, "resource", project));
    String path = "/projects/" + project + "/x";
    bench.upstream().on(path, (_, wire) -> wire.respond(200, "text/plain", "ok"));
    door.getAs(key, "/scoped" + path).expect(200);
    assertThat(bench.upstream().next(path).headers("Keyway-Resource-Id")).containsExactly(project);
    for (String wrong :
        List.of("/projects/" + other + "/x", "/projects", "/projects//x", "/projects/%20/x")) {
      Answer refused = door.getAs(key, "/scoped" + wrong);
      assertThat(refused.status()).as(wrong).isIn(400, 403, 404);
    }
    door.getAs(key, "/scoped/projects/" + other + "/x").problem(403, "out_of_scope");
  }

  @Test
  void longestPath_wins_andItsMethodsHold() {
    NewKey key = bench.key("echo");
    String path = Bench.unique("/t/posts-only");
    bench.upstream().on(path, (_, wire) -> wire.respond(200, "text/plain", "ok"));
    door.call("POST", "/echo" + path, "x", "Authorization", key.bearer()).expect(200);
    Answer refused = door.getAs(key, "/echo" + path).problem(405, "method_not_allowed");
    assertThat(refused.header("allow").orElse("")).contains("POST");
  }

  private WireMessage raw(String request, List<String> fields) {
    List<String> lines = new ArrayList<>(fields);
    lines.addFirst(request + " HTTP/1.1");
    try (RawConnection connection = door.connect()) {
      return connection.send(lines.toArray(String[]::new)).answer();
    }
  }
}
