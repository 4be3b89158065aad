package dev.keyway.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Secrets;
import dev.keyway.conformance.harness.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every product gets (requirements ALL-1 to ALL-6, as far as one node shows it from outside).
 */
final class EveryProductConformanceTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("ALL-1 after its creation no call of the API answers the secret")
  void secret_inNoAnswerOfTheApi(Products product) {
    NewKey key = product.newKey(tenants);
    door.knock(product.slug(), key.secret()).expect(200);
    List<Answer> answers = new ArrayList<>();
    answers.add(operator.get("/v1/keys/" + key.id()));
    answers.add(operator.get("/v1/keys?limit=100&product=" + product.slug()));
    answers.add(operator.get("/v1/audit?product=" + product.slug() + "&key=" + key.id()));
    answers.add(keyway.anonymous().bearer(key.secret()).get("/v1/me"));
    answers.add(
        keyway.anonymous().bearer(key.secret()).post("/v1/operator-keys", Json.of("name", "no")));
    answers.add(tenants.verify(key.secret(), null, null));
    answers.add(tenants.revoke(key.id()));
    answers.add(door.knock(product.slug(), key.secret()));
    answers.forEach(answer -> Secrets.assertAbsent(answer, key, product.prefix()));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName(
      "ALL-1 the creation's answer is not to be stored, and a replay of the call holds no secret")
  void secret_inNoReplayOfTheCreation(Products product) {
    JsonNode body = product.newRequest(tenants);
    Api caller = operator.with("Idempotency-Key", UUID.randomUUID().toString());
    Answer first = caller.post("/v1/keys", body).expect(201);
    assertThat(first.header("cache-control").orElse("")).contains("no-store");
    Answer replay = caller.post("/v1/keys", body).expect(201);
    assertThat(replay.text("key.id")).isEqualTo(first.text("key.id"));
    assertThat(replay.at("secret").isNull()).isTrue();
    assertThat(replay.at("secret_unavailable").asBoolean()).isTrue();
    assertThat(replay.body()).doesNotContain(first.text("secret"));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName(
      "ALL-1 neither the program's output nor any file of its data folder holds the secret")
  void secret_inNoFile(Products product) throws IOException {
    Assumptions.assumeTrue(keyway.data().isPresent(), "the program was started by someone else");
    NewKey key = product.newKey(tenants);
    door.knock(product.slug(), key.secret()).expect(200);
    tenants.revoke(key.id());
    door.knock(product.slug(), key.secret()).expect(401);
    String part = Secrets.secretPart(key.secret(), product.prefix());
    try (Stream<Path> files = Files.walk(keyway.data().orElseThrow())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, ISO_8859_1)).as(file.toString()).doesNotContain(part);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("ALL-2 API: lists filter by expiring-within and idle-for")
  void lists_filterByExpiryAndIdleness(Products product) {
    NewKey key = product.newKey(tenants);
    String list = "/v1/keys?limit=100&product=" + product.slug() + "&q=" + key.id();
    assertThat(operator.get(list).expect(200).body()).contains(key.id());
    assertThat(operator.get(list + "&expires_within=7d").expect(200).body())
        .doesNotContain(key.id());
    assertThat(operator.get(list + "&idle_for=30d").expect(200).body()).doesNotContain(key.id());
    String soon = Instant.now().plus(Duration.ofDays(3)).toString();
    operator.patch("/v1/keys/" + key.id(), Json.of("expires_at", soon)).expect(200);
    assertThat(operator.get(list + "&expires_within=7d").expect(200).body()).contains(key.id());
    operator.get(list + "&expires_within=soon").problem(400, "invalid_request");
    operator.get(list + "&idle_for=soon").problem(400, "invalid_request");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("ALL-3 no request begun after the revoke has returned is admitted, under load")
  void revoke_underLoad_admitsNothingLater(Products product) throws Exception {
    NewKey key = product.newKey(tenants);
    door.knock(product.slug(), key.secret()).expect(200);
    AtomicBoolean returned = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Integer>>> clients =
          Stream.generate(() -> threads.submit(() -> knockUntilLater(product, key, returned)))
              .limit(4)
              .toList();
      tenants.revoke(key.id());
      returned.set(true);
      for (Future<List<Integer>> client : clients) {
        assertThat(client.get())
            .as("answers to requests begun after the revoke")
            .isNotEmpty()
            .containsOnly(401);
      }
    }
  }

  /**
   * Knocks until five requests that were begun after the revoke had returned are answered; answers
   * their statuses. A request under way while the key is revoked is cut, so it may get no answer,
   * and so may the next one if it is sent on a connection that is just being closed.
   */
  private List<Integer> knockUntilLater(Products product, NewKey key, AtomicBoolean returned) {
    List<Integer> later = new ArrayList<>();
    while (later.size() < 5) {
      boolean begunLater = returned.get();
      try {
        int status = door.knock(product.slug(), key.secret()).status();
        if (begunLater) {
          later.add(status);
        }
      } catch (UncheckedIOException cut) {
        // No byte is no acceptance.
      }
    }
    return later;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("ALL-3 an expiry moved to now ends the key, by the time the call has returned")
  void earlierExpiry_isImmediate(Products product) {
    NewKey key = product.newKey(tenants);
    door.knock(product.slug(), key.secret()).expect(200);
    Instant soon = Instant.now().plusSeconds(1);
    Answer answer =
        operator.patch("/v1/keys/" + key.id(), Json.of("expires_at", soon.toString())).expect(200);
    assertThat(Instant.parse(answer.text("revocation.effective_at"))).isNotNull();
    while (Instant.now().isBefore(soon)) {
      Thread.onSpinWait();
    }
    door.knock(product.slug(), key.secret()).problem(401, "invalid_key");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("ALL-3 a suspended account's keys are refused at once")
  void suspension_isImmediate(Products product) {
    NewKey key = product.newKey(tenants);
    door.knock(product.slug(), key.secret()).expect(200);
    String account = key.key().at("/created_by").asText();
    operator.patch("/v1/accounts/" + account, Json.of("status", "suspended")).expect(200);
    door.knock(product.slug(), key.secret()).problem(401, "invalid_key");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName(
      "ALL-6 a creation, a revoke and a refused call are audit rows: who, when, from where, why")
  void changesAndRefusals_areAuditRows(Products product) {
    Instant before = Instant.now().minusSeconds(1);
    NewKey key = product.newKey(tenants);
    operator.post("/v1/keys/" + key.id() + "/revoke", Json.of("reason", "laptop lost")).expect(200);
    keyway
        .anonymous()
        .bearer(key.secret())
        .post("/v1/keys/" + key.id() + "/revoke", Json.of())
        .expect(401);
    Answer audit =
        operator.get("/v1/audit?product=" + product.slug() + "&key=" + key.id()).expect(200);
    assertThat(audit.data()).hasSizeGreaterThanOrEqualTo(2);
    for (JsonNode row : audit.data()) {
      assertThat(row.at("/id").asText()).isNotBlank();
      assertThat(Instant.parse(row.at("/at").asText()))
          .isBetween(before, Instant.now().plusSeconds(1));
      assertThat(row.at("/action").asText()).isNotBlank();
      assertThat(row.at("/outcome").asText()).isNotBlank();
      assertThat(row.at("/actor/kind").asText()).isIn("account", "operator", "key", "system");
      assertThat(row.at("/address").asText()).isNotBlank();
      assertThat(row.at("/request_id").asText()).isNotBlank();
    }
    assertThat(audit.data()).extracting(row -> row.at("/reason").asText()).contains("laptop lost");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("ALL-6 a refused management call is an audit row")
  void refusedCall_isAnAuditRow(Products product) {
    String account = product.newKey(tenants).key().at("/created_by").asText();
    String audit = "/v1/audit?limit=100&product=" + product.slug() + "&account=" + account;
    int before = operator.get(audit).expect(200).data().size();
    String longName = "x".repeat(101);
    operator
        .post("/v1/keys", Json.of("product", product.slug(), "account", account, "name", longName))
        .problem(400, "invalid_name");
    List<JsonNode> rows = operator.get(audit).expect(200).data();
    assertThat(rows).hasSize(before + 1);
    assertThat(rows.stream().map(row -> row.at("/outcome").asText()).distinct())
        .hasSizeGreaterThan(1);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("ALL-6 a refusal at the gateway writes no audit row")
  void refusalAtTheDoor_writesNoAuditRow(Products product) {
    NewKey key = product.newKey(tenants);
    tenants.revoke(key.id());
    String audit = "/v1/audit?limit=100&product=" + product.slug() + "&key=" + key.id();
    int before = operator.get(audit).expect(200).data().size();
    for (int i = 0; i < 10; i++) {
      door.knock(product.slug(), key.secret()).problem(401, "invalid_key");
      door.knock(product.slug(), KeyForm.neverIssued(product.prefix())).problem(401, "invalid_key");
    }
    assertThat(operator.get(audit).expect(200).data()).hasSize(before);
  }
}
