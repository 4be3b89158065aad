package dev.keyway.conformance.garbage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Basic;
import dev.keyway.conformance.harness.Bench;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.Program;
import dev.keyway.conformance.harness.Resource;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.ServedKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others were broken into by, each tried here.
 *
 * <p>Rows that are tested elsewhere, because one request is not enough for them: the spellings of a
 * path (CVE-2023-4853, CVE-2026-39852, CVE-2026-50559) in {@link PathTricksTest}, smuggling
 * (CVE-2026-42581, CVE-2026-50020, GHSA-v8h7-rr48-vmmv) in {@link SmugglingTest}, the versions of
 * Netty that had it in the build's rules, identity headers (CVE-2026-39998, CVE-2026-31908,
 * CVE-2025-64484, CVE-2024-45410, CVE-2025-29927) in {@link HeaderTricksTest}; here is one example
 * of each. That all spellings of a client's address are one client (CVE-2026-45364) is in {@code
 * AddressSpellingsTest}.
 *
 * <p>Rows that do not apply: X-Real-IP trust (CVE-2022-24112), as far as it means administrators by
 * address, since no call is allowed by address; the algorithm in a token's header (CVE-2026-39999),
 * as far as it means tokens that are read, since Keyway issues tokens and reads none; failover,
 * since there is one node; public certificates (Tyk, pull request 7671), since no client
 * certificate is a credential.
 */
@DisplayName("Garbage: how others failed")
final class PastFailuresTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();

  @Test
  @DisplayName("CVE-2025-61928: who calls is never what the body says")
  void identityInTheBody_isIgnored() {
    String victim = tenants.account("mecha");
    ObjectNode body = Tenants.request("mecha", victim);
    keyway.anonymous().post("/v1/keys", body).problem(401, "unauthenticated");
    for (String field : List.of("user_id", "userId", "created_by", "owner")) {
      keyway
          .anonymous()
          .post("/v1/keys", body.deepCopy().put(field, victim))
          .problem(401, "unauthenticated");
    }
    NewKey other = Products.MECHA.newKey(tenants);
    Answer forVictim = keyway.anonymous().bearer(other.secret()).post("/v1/keys", body);
    assertThat(forVictim.status()).isIn(403, 404);
    assertThat(keyway.operator().get("/v1/keys?product=mecha&account=" + victim).data()).isEmpty();
  }

  @Test
  @DisplayName("better-auth 9974: a verification never undoes a revoke that runs beside it")
  void verifyBesideRevoke_leavesTheKeyRevoked() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int round = 0; round < 10; round++) {
        NewKey key = Products.MECHA.newKey(tenants);
        List<Future<?>> verifications = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          verifications.add(
              threads.submit(() -> {
                for (int n = 0; n < 20; n++) {
                  tenants.verifyCode(key.secret());
                }
              }));
        }
        tenants.revoke(key.id());
        assertThat(tenants.verifyCode(key.secret())).isEqualTo("revoked");
        for (Future<?> verification : verifications) {
          verification.get();
        }
        assertThat(tenants.verifyCode(key.secret())).isEqualTo("revoked");
        keyway.operator().get("/v1/keys/" + key.id()).expect(200);
        door.knock("mecha", key.secret()).problem(401, "invalid_key");
      }
    }
  }

  @Test
  @DisplayName("better-auth 9393: a key of one product opens no other")
  void keyOfAnotherProduct_isRefusedEverywhere() {
    NewKey meko = Products.MEKO.newKey(tenants);
    for (Products other : List.of(Products.MECHA, Products.MEMORYLAKE, Products.MEMO)) {
      door.knock(other.slug(), meko.secret()).problem(401, "invalid_key");
      assertThat(tenants.verify(meko.secret(), other.slug(), null).text("code"))
          .isEqualTo("wrong_product");
    }
    door.knock("meko", meko.secret()).expect(200);
  }

  @Test
  @DisplayName("CVE-2026-8922: of two revokes, wide and narrow, each holds in either order")
  void wideAndNarrowRevokes_holdInBothOrders() {
    for (boolean wideFirst : new boolean[] {true, false}) {
      Tenants.Workspace workspace = tenants.workspace("memo", "pro");
      NewKey key = tenants.key(workspace, workspace.owner());
      NewKey sibling = tenants.key(workspace, workspace.owner());
      if (wideFirst) {
        revokeAll(workspace);
        tenants.revoke(key.id());
      } else {
        tenants.revoke(key.id());
        assertThat(tenants.verifyCode(sibling.secret())).isEqualTo("valid");
        revokeAll(workspace);
      }
      assertThat(tenants.verifyCode(key.secret())).isEqualTo("revoked");
      assertThat(tenants.verifyCode(sibling.secret())).isEqualTo("revoked");
      NewKey later = tenants.key(workspace, workspace.owner());
      plan(workspace, "free");
      assertThat(tenants.verifyCode(key.secret())).isEqualTo("revoked");
      plan(workspace, "pro");
      assertThat(tenants.verifyCode(key.secret())).isEqualTo("revoked");
      assertThat(tenants.verifyCode(later.secret())).isEqualTo("valid");
    }
  }

  @Test
  @DisplayName("CVE-2026-9802: what was revoked before a restart is revoked after it")
  void restart_bringsNothingBack(@TempDir Path data) throws IOException {
    Files.createDirectories(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/many.yaml"), Resource.text("bench/many.yaml"));
    NewKey revoked;
    NewKey kept;
    NewKey suspended;
    try (ServedKeyway first = ServedKeyway.start(data, "", Map.of())) {
      Tenants people = first.tenants();
      String account = people.account("many");
      revoked = people.key("many", people.account("many"));
      kept = people.key("many", people.account("many"));
      suspended = people.key("many", account);
      people.revoke(revoked.id());
      first.operator().patch("/v1/accounts/" + account, Json.of("status", "suspended")).expect(200);
    }
    try (ServedKeyway second = ServedKeyway.start(data, "", Map.of())) {
      second.door().getAs(revoked, "/many/t").problem(401, "invalid_key");
      second.door().getAs(suspended, "/many/t").problem(401, "invalid_key");
      assertThat(second.tenants().verifyCode(revoked.secret())).isEqualTo("revoked");
      assertThat(second.tenants().verifyCode(suspended.secret())).isEqualTo("deactivated");
      assertThat(second.tenants().verifyCode(kept.secret())).isEqualTo("valid");
    }
  }

  @Test
  @DisplayName(
      "CVE-2023-4853, CVE-2026-39852, CVE-2026-50559: //, ;x, %3B and %2F lead around nothing")
  void pathsSpelledOtherwise_areRefused() {
    NewKey key = Products.MEMO.newKey(tenants);
    for (String path :
        List.of("//api/v1", "/api;x/v1", "/api%3Bx/v1", "/api%2Fv1", "/api/x/%2e%2e/v1")) {
      door.getAs(key, "/memo" + path + "/developer/transcriptions").problem(400, "invalid_request");
    }
  }

  @Test
  @DisplayName(
      "CVE-2026-42581, CVE-2026-50020: HTTP/1.0 with two lengths, and control bytes in front")
  void smugglingOfNettysPast_isRefused() {
    Bench bench = Bench.shared();
    String hidden = "GET SNEAK HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer KEY\r\n\r\n";
    String twoLengths =
        String.join(
            "\r\n",
            "POST PATH HTTP/1.0",
            "Host: HOST",
            "Connection: keep-alive",
            "Authorization: Bearer KEY",
            "Transfer-Encoding: chunked",
            "Content-Length: 5",
            "",
            "0",
            "",
            "");
    for (String head :
        List.of(
            twoLengths,
            "POST PATH HTTP/1.1\r\nHost: HOST\r\n\u000bTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
      Sneak sneak = Sneak.atGateway(bench, bench.key("echo"));
      List<WireMessage> answers = sneak.say(head + hidden);
      assertThat(answers).hasSize(1);
      Refused.as(400, "invalid_request", answers.getFirst(), head);
      assertThat(sneak.arrivals() + sneak.sneakedIn()).isZero();
    }
  }

  @Test
  @DisplayName(
      "CVE-2026-39998, CVE-2026-31908, CVE-2025-64484, CVE-2024-45410: identity headers are ours")
  void identityHeaders_areNeverTheClients() {
    Bench bench = Bench.shared();
    NewKey key = bench.key("echo");
    String path = bench.answering(Json.of());
    bench
        .door()
        .get(
            "/echo" + path,
            "Authorization",
            key.bearer(),
            "Keyway_Account_Id",
            "acc_forged",
            "KEYWAY-KEY-ID",
            "key_forged")
        .expect(200);
    assertThat(bench.upstream().next(path).toString()).contains(key.id()).doesNotContain("forged");
  }

  @Test
  @DisplayName("CVE-2026-39999: the algorithm of signed identities is Keyway's, one and published")
  void identityTokens_areOfOneAlgorithm() {
    Bench bench = Bench.shared();
    NewKey key = bench.key("echo");
    String path = Bench.unique("/signed");
    bench.upstream().on(path, (_, wire) -> wire.respond(200, "text/plain", "ok"));
    bench
        .door()
        .get(
            "/echo" + path,
            "Authorization",
            key.bearer(),
            "Keyway-Identity",
            "eyJhbGciOiJub25lIn0.e30.")
        .expect(200);
    List<String> tokens = bench.upstream().next(path).headers("Keyway-Identity");
    assertThat(tokens).hasSize(1);
    String head =
        new String(Base64.getUrlDecoder().decode(tokens.getFirst().split("\\.", 2)[0]), UTF_8);
    assertThat(Json.read(head).at("/alg").asText()).isIn("EdDSA", "Ed25519");
    JsonNode keys = bench.keyway().anonymous().get("/.well-known/jwks.json").expect(200).at("keys");
    assertThat(keys).isNotEmpty().allMatch(one -> one.at("/crv").asText().equals("Ed25519"));
    assertThat(keys.toString()).doesNotContain("\"d\"");
  }

  @Test
  @DisplayName("CVE-2020-13945: there is no default credential, and no two installations share one")
  void operatorKeys_areDrawnAnew() {
    String bench = Bench.shared().keyway().operatorKey();
    assertThat(keyway.operatorKey()).isNotEqualTo(bench);
    keyway.anonymous().bearer(bench).get("/v1/me").problem(401, "unauthenticated");
    for (String guess : List.of("admin", "keyway", "kwo_", "edd1c9f034335f136f87ad84b625c8f1")) {
      keyway.anonymous().bearer(guess).get("/v1/me").problem(401, "unauthenticated");
    }
    keyway
        .anonymous()
        .with("Authorization", Basic.of("admin", "admin"))
        .get("/v1/me")
        .problem(401, "unauthenticated");
  }

  @Test
  @DisplayName("CVE-2022-24112: an address that a header claims allows and limits nothing")
  void claimedAddresses_areNotBelieved() {
    Api claiming =
        keyway
            .anonymous()
            .with("X-Real-IP", "127.0.0.1")
            .with("X-Forwarded-For", "127.0.0.1")
            .with("Forwarded", "for=127.0.0.1");
    claiming.get("/v1/operator-keys").problem(401, "unauthenticated");
    claiming.get("/v1/audit").problem(401, "unauthenticated");
    String name = "claimed-" + KeyForm.check(String.valueOf(System.nanoTime()));
    keyway
        .operator()
        .with("X-Real-IP", "203.0.113.7")
        .with("X-Forwarded-For", "203.0.113.7")
        .post("/v1/accounts", tenants.person("meko").put("external_id", name))
        .expect(201);
    assertThat(keyway.operator().get("/v1/audit?action=account.create&limit=20").data())
        .noneMatch(event -> event.at("/address").asText().equals("203.0.113.7"));
  }

  @Test
  @DisplayName("GHSA-57q6-fvp4-pqmm: what is forbidden to a key is so by whatever way it comes")
  void restrictions_holdForEveryCarrier() {
    Bench bench = Bench.shared();
    NewKey key = bench.key("many");
    String path = bench.answering(Json.of());
    bench.keyway().tenants().revoke(key.id());
    for (List<String> way :
        List.of(
            List.of("Authorization", key.bearer()),
            List.of("Authorization", Basic.of(key.id(), key.secret())),
            List.of("X-API-Key", key.secret()))) {
      bench.door().get("/many" + path, way.getFirst(), way.getLast()).problem(401, "invalid_key");
    }
    bench.door().get("/many" + path + "?apikey=" + key.secret()).problem(401, "invalid_key");
    bench
        .door()
        .get("/many" + path, "Authorization", key.bearer(), "X-API-Key", bench.key("many").secret())
        .problem(400, "invalid_request");
    assertThat(bench.upstream().waiting(path)).isZero();
  }

  @Test
  @DisplayName("Kong's admin API: management listens on the machine itself unless told otherwise")
  void management_listensOnLoopback(@TempDir Path data) throws IOException {
    assertThat(keyway.control().getHost()).isEqualTo("127.0.0.1");
    assertThat(keyway.gateway().getHost()).isEqualTo("127.0.0.1");
    Files.createDirectories(data.resolve("profiles"));
    Files.writeString(data.resolve("profiles/many.yaml"), Resource.text("bench/many.yaml"));
    Path config = data.resolve("keyway.yaml");
    Files.writeString(config, "control: {listen: \"0.0.0.0:0\"}\n");
    int status =
        Program.run(data, "serve", "--config", config.toString(), "--data", data.toString());
    assertThat(status).isNotZero();
    assertThat(Files.readString(data.resolve("keyway.log"))).contains("https");
  }

  @Test
  @DisplayName("Tyk 7671: nothing public about a key makes a key")
  void publicData_makesNoKey() {
    NewKey key = Products.MECHA.newKey(tenants);
    String id = KeyForm.id(key.secret(), "mch_");
    for (String secret :
        List.of("0".repeat(43), (id + id + id + id).substring(0, 43), "A".repeat(43))) {
      String guess = "mch_" + id + secret;
      assertThat(tenants.verifyCode(guess + KeyForm.check(guess))).isEqualTo("not_found");
    }
    assertThat(tenants.verifyCode(KeyForm.withOtherSecret(key.secret()))).isEqualTo("not_found");
    door.get("/mecha/v1/machines", "Authorization", Basic.of(key.id(), ""))
        .problem(401, "invalid_key");
    door.get("/mecha/v1/machines", "Authorization", Basic.of(key.id(), key.id()))
        .problem(401, "invalid_key");
    door.get("/mecha/v1/machines", "Authorization", "Bearer " + key.id())
        .problem(401, "invalid_key");
  }

  private void revokeAll(Tenants.Workspace workspace) {
    keyway
        .operator()
        .post(
            "/v1/keys/revoke",
            Json.of("product", "memo", "workspace", workspace.id(), "reason", "all of them"))
        .expect(200);
  }

  private void plan(Tenants.Workspace workspace, String plan) {
    keyway.operator().patch("/v1/workspaces/" + workspace.id(), Json.of("plan", plan)).expect(200);
  }
}
