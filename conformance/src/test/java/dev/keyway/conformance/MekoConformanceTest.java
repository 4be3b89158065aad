package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.DatapackTools;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.OpenStream;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Secrets;
import dev.keyway.conformance.harness.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What Meko promises: account keys for MCP clients (requirements MEKO-1 to MEKO-10, the parts
 * without the portal).
 */
class MekoConformanceTest {

  private static final String PREFIX = "mko_tkn_";
  private static final int MAX_ACTIVE = 10;

  private final RunningKeyway keyway = running();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();

  /** The program that is asked. */
  RunningKeyway running() {
    return RunningKeyway.shared();
  }

  @Test
  @DisplayName("MEKO-1 API: a name is required and may hold slashes")
  void name_withSlashes_isKeptAndMissing_isRefused() {
    String account = tenants.account("meko");
    assertThat(tenants.key("meko", account).key().at("/name").asText()).isEqualTo("laptop/cursor");
    operator
        .post("/v1/keys", Json.of("product", "meko", "account", account))
        .problem(400, "invalid_name");
  }

  @Test
  @DisplayName("MEKO-2 API: the whole key is in the answer of its creation and nowhere else")
  void secret_afterCreation_cannotBeHadAgain() {
    NewKey key = tenants.key("meko", tenants.account("meko"));
    Secrets.assertAbsent(operator.get("/v1/keys/" + key.id()).expect(200), key, PREFIX);
    Secrets.assertAbsent(operator.get("/v1/keys?product=meko&q=laptop").expect(200), key, PREFIX);
    Secrets.assertAbsent(
        operator.get("/v1/audit?product=meko&key=" + key.id()).expect(200), key, PREFIX);
    Secrets.assertAbsent(tenants.verify(key.secret(), null, null), key, PREFIX);
    Secrets.assertAbsent(tenants.revoke(key.id()), key, PREFIX);
  }

  @Test
  @DisplayName("MEKO-3 API: an account's active keys are listed by name and prefix")
  void list_ofActiveKeys_hasNameAndPrefix() {
    String account = tenants.account("meko");
    NewKey kept = tenants.key("meko", account);
    NewKey revoked = tenants.key("meko", account);
    tenants.revoke(revoked.id());
    List<JsonNode> rows =
        operator.get("/v1/keys?product=meko&status=active&account=" + account).expect(200).data();
    assertThat(rows).extracting(row -> row.at("/id").asText()).containsExactly(kept.id());
    assertThat(rows.getFirst().at("/name").asText()).isEqualTo("laptop/cursor");
    assertThat(rows.getFirst().at("/prefix").asText()).startsWith(PREFIX);
  }

  @Test
  @DisplayName("MEKO-4 a key starts with mko_tkn_, and only the prefix part is shown afterwards")
  void key_hasPrefix_andShowsSixCharactersOfItsId() {
    NewKey key = tenants.key("meko", tenants.account("meko"));
    assertThat(key.secret()).matches(KeyForm.pattern(PREFIX));
    String shown = PREFIX + KeyForm.id(key.secret(), PREFIX).substring(0, 6);
    JsonNode row = operator.get("/v1/keys/" + key.id()).expect(200).json();
    assertThat(row.at("/prefix").asText()).isEqualTo(shown);
    assertThat(row.at("/hint").asText()).isEqualTo(shown + "…");
    assertThat(row.at("/suffix").isNull()).isTrue();
  }

  @Test
  @DisplayName("MEKO-5 at most 10 active keys; a revoke frees a place")
  void eleventhKey_isRefused_untilOneIsRevoked() {
    String account = tenants.account("meko");
    List<NewKey> keys =
        IntStream.range(0, MAX_ACTIVE).mapToObj(_ -> tenants.key("meko", account)).toList();
    create(account).problem(409, "key_limit_reached");
    tenants.revoke(keys.getFirst().id());
    create(account).expect(201);
    create(account).problem(409, "key_limit_reached");
  }

  @Test
  @DisplayName("MEKO-5 an expiry frees a place")
  void eleventhKey_afterAnExpiry_isMade() {
    String account = tenants.account("meko");
    List<NewKey> keys =
        IntStream.range(0, MAX_ACTIVE).mapToObj(_ -> tenants.key("meko", account)).toList();
    NewKey first = keys.getFirst();
    String soon = Instant.now().plusSeconds(2).toString();
    operator.patch("/v1/keys/" + first.id(), Json.of("expires_at", soon)).expect(200);
    Eventually.holds(
        "the key expires",
        Duration.ofSeconds(10),
        () -> tenants.verifyCode(first.secret()).equals("expired"));
    create(account).expect(201);
    create(account).problem(409, "key_limit_reached");
  }

  @Test
  @DisplayName("MEKO-5 of 20 concurrent creations exactly 10 succeed")
  void concurrentCreations_stopAtTheLimit() throws Exception {
    String account = tenants.account("meko");
    Callable<Integer> creation = () -> create(account).status();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all =
          threads.invokeAll(Stream.generate(() -> creation).limit(20).toList());
      List<Integer> statuses = all.stream().map(Future::resultNow).toList();
      assertThat(statuses).containsOnly(201, 409);
      assertThat(statuses).filteredOn(status -> status == 201).hasSize(MAX_ACTIVE);
    }
    assertThat(operator.get("/v1/keys?product=meko&status=active&account=" + account).data())
        .hasSize(MAX_ACTIVE);
  }

  @Test
  @DisplayName("MEKO-6 every key expires 365 days after creation, without a choice")
  void expiry_isFixed() {
    String account = tenants.account("meko");
    JsonNode key = tenants.key("meko", account).key();
    Instant created = Instant.parse(key.at("/created_at").asText());
    Instant expires = Instant.parse(key.at("/expires_at").asText());
    assertThat(Duration.between(created, expires)).isEqualTo(Duration.ofDays(365));
    ObjectNode choice = Tenants.request("meko", account);
    operator
        .post("/v1/keys", choice.deepCopy().put("expires_in", "7d"))
        .problem(400, "invalid_expiry");
    operator
        .post("/v1/keys", choice.deepCopy().put("expires_in", "never"))
        .problem(400, "invalid_expiry");
    String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
    operator
        .post("/v1/keys", choice.deepCopy().put("expires_at", tomorrow))
        .problem(400, "invalid_expiry");
  }

  @Test
  @DisplayName("MEKO-7 a key opens all datapacks of its account and no one else's")
  void key_opensItsAccountsDatapacks_only() {
    String account = tenants.account("meko");
    String first = tenants.resource("meko", account, "datapack");
    String second = tenants.resource("meko", account, "datapack");
    String foreign = tenants.resource("meko", tenants.account("meko"), "datapack");
    try (DatapackTools tools = DatapackTools.open(keyway, tenants.key("meko", account))) {
      assertThat(tools.opens(first)).as("the first own datapack").isTrue();
      assertThat(tools.opens(second)).as("the second own datapack").isTrue();
      assertThat(tools.opens(foreign)).as("another account's datapack").isFalse();
    }
  }

  @Test
  @DisplayName("MEKO-8 revoke is immediate and permanent; the row stays as revoked")
  void revokedKey_isRefusedAtOnce_andStaysListed() {
    String account = tenants.account("meko");
    NewKey key = tenants.key("meko", account);
    door.knock("meko", key.secret()).expect(200);
    assertThat(tenants.revoke(key.id()).text("key.status")).isEqualTo("revoked");
    door.knock("meko", key.secret()).problem(401, "invalid_key");
    tenants.revoke(key.id());
    door.knock("meko", key.secret()).problem(401, "invalid_key");
    List<JsonNode> rows =
        operator.get("/v1/keys?product=meko&account=" + account).expect(200).data();
    assertThat(rows).extracting(row -> row.at("/status").asText()).containsExactly("revoked");
    assertThat(rows.getFirst().at("/revoked_at").isNull()).isFalse();
  }

  @Test
  @DisplayName("MEKO-8 an open stream of the key stops with the revoke")
  void openStream_whenItsKeyIsRevoked_isCut() {
    NewKey key = tenants.key("meko", tenants.account("meko"));
    try (OpenStream stream = OpenStream.open(door, "/meko/mcp", key)) {
      tenants.revoke(key.id());
      assertThat(stream.isCut()).isTrue();
    }
  }

  @Test
  @DisplayName("MEKO-9 a new key works beside the old one until the old one is revoked")
  void rotation_hasNoGap() {
    String account = tenants.account("meko");
    NewKey old = tenants.key("meko", account);
    NewKey replacement = tenants.key("meko", account);
    door.knock("meko", old.secret()).expect(200);
    door.knock("meko", replacement.secret()).expect(200);
    tenants.revoke(old.id());
    door.knock("meko", old.secret()).problem(401, "invalid_key");
    door.knock("meko", replacement.secret()).expect(200);
  }

  @Test
  @DisplayName("MEKO-9 the list shows what expires soon")
  void list_expiringWithin_showsOnlyWhatDoes() {
    String account = tenants.account("meko");
    NewKey soon = tenants.key("meko", account);
    NewKey later = tenants.key("meko", account);
    String inTenDays = Instant.now().plus(Duration.ofDays(10)).toString();
    operator.patch("/v1/keys/" + soon.id(), Json.of("expires_at", inTenDays)).expect(200);
    String list = "/v1/keys?product=meko&account=" + account;
    assertThat(ids(operator.get(list + "&expires_within=30d"))).containsExactly(soon.id());
    assertThat(ids(operator.get(list))).containsExactlyInAnyOrder(soon.id(), later.id());
  }

  @Test
  @DisplayName(
      "MEKO-10 one MCP endpoint serves all datapacks; a tool call names the datapack by datapack_id")
  void tools_onTheOneEndpoint_takeADatapackId() {
    String account = tenants.account("meko");
    String datapack = tenants.resource("meko", account, "datapack");
    try (DatapackTools tools = DatapackTools.open(keyway, tenants.key("meko", account))) {
      assertThat(tools.names()).isNotEmpty();
      assertThat(tools.opens(datapack)).isTrue();
    }
  }

  private Answer create(String account) {
    return operator.post("/v1/keys", Tenants.request("meko", account));
  }

  private static List<String> ids(Answer list) {
    return list.expect(200).data().stream().map(row -> row.at("/id").asText()).toList();
  }
}
