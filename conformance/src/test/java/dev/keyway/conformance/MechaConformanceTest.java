package dev.keyway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Basic;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Secrets;
import dev.keyway.conformance.harness.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Mecha promises: key id and secret for a REST API (requirements MECHA-2 to MECHA-7, without
 * portal and CLI).
 */
final class MechaConformanceTest {

  private static final String PREFIX = "mch_";
  private static final String MACHINES = "/mecha/v1/machines";

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(strings = {"1ci", "-ci", " ci", "_ci", "/ci", "éclair"})
  @DisplayName(
      "MECHA-2 a name that does not begin with an ASCII letter is refused with a clear message")
  void name_withoutALetterFirst_isRefused(String name) {
    Answer refused = create(request().put("name", name)).problem(400, "invalid_name");
    assertThat(refused.text("detail")).containsIgnoringCase("letter");
  }

  @Test
  @DisplayName(
      "MECHA-2 a name that begins with a letter is taken as it is; a missing one is refused")
  void name_withALetterFirst_isKept() {
    Answer created = create(request().put("name", "Ci runner #7 / nightly"));
    assertThat(created.expect(201).text("key.name")).isEqualTo("Ci runner #7 / nightly");
    ObjectNode nameless = request();
    nameless.remove("name");
    create(nameless).problem(400, "invalid_name");
  }

  @ParameterizedTest(name = "[{index}] {0} days")
  @ValueSource(ints = {7, 30, 90, 180, 365})
  @DisplayName("MECHA-3 the offered lifetimes are 7, 30, 90, 180 and 365 days")
  void expiry_ofAnOfferedChoice_isThatManyDays(int days) {
    JsonNode key = create(request().put("expires_in", days + "d")).expect(201).at("key");
    Instant created = Instant.parse(key.at("/created_at").asText());
    assertThat(Instant.parse(key.at("/expires_at").asText()))
        .isEqualTo(created.plus(Duration.ofDays(days)));
  }

  @Test
  @DisplayName("MECHA-3 a key may also never expire")
  void expiry_never_isNull() {
    assertThat(
            create(request().put("expires_in", "never")).expect(201).at("key.expires_at").isNull())
        .isTrue();
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(strings = {"1d", "8d", "366d", "0d", "-7d", "7", "7D", "P7D", "forever", ""})
  @DisplayName("MECHA-3 no other lifetime is accepted")
  void expiry_ofNoChoice_isRefused(String choice) {
    create(request().put("expires_in", choice)).problem(400, "invalid_expiry");
  }

  @Test
  @DisplayName("MECHA-3 the lifetime must be chosen, and a free date is no choice")
  void expiry_missingOrFree_isRefused() {
    ObjectNode open = request();
    open.remove("expires_in");
    create(open).problem(400, "invalid_expiry");
    create(open.put("expires_at", Instant.now().plus(Duration.ofDays(7)).toString()))
        .problem(400, "invalid_expiry");
  }

  @Test
  @DisplayName("MECHA-4 API: creation answers key id and secret; the secret is never shown again")
  void creation_answersIdAndSecret_once() {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    assertThat(key.secret()).matches(KeyForm.pattern(PREFIX));
    assertThat(key.id()).isEqualTo("key_" + KeyForm.id(key.secret(), PREFIX));
    Secrets.assertAbsent(operator.get("/v1/keys/" + key.id()).expect(200), key, PREFIX);
  }

  @Test
  @DisplayName("MECHA-5 a new key is in the list, with its id as the hint")
  void list_afterCreation_showsTheKey() {
    String account = tenants.account("mecha");
    NewKey key = tenants.key("mecha", account);
    List<JsonNode> rows =
        operator.get("/v1/keys?product=mecha&account=" + account).expect(200).data();
    assertThat(rows).extracting(row -> row.at("/id").asText()).containsExactly(key.id());
    assertThat(rows.getFirst().at("/hint").asText()).isEqualTo(key.id());
  }

  @Test
  @DisplayName("MECHA-5 at most 10 active keys; a revoke is immediate and frees a place")
  void eleventhKey_isRefused_untilOneIsRevoked() {
    String account = tenants.account("mecha");
    List<NewKey> keys =
        IntStream.range(0, 10).mapToObj(_ -> tenants.key("mecha", account)).toList();
    create(Tenants.request("mecha", account)).problem(409, "key_limit_reached");
    NewKey first = keys.getFirst();
    tenants.revoke(first.id());
    door.knock("mecha", first.secret()).problem(401, "invalid_key");
    create(Tenants.request("mecha", account)).expect(201);
  }

  @Test
  @DisplayName(
      "MECHA-6 API: the key alone as bearer, and key id with secret as Basic, both authenticate")
  void bearerAndBasic_authenticate() {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    door.getAs(key, MACHINES).expect(200);
    door.get(MACHINES, "Authorization", Basic.of(key.id(), key.secret())).expect(200);
  }

  @Test
  @DisplayName("MECHA-6 API: Basic with another key's id, no id or a wrong secret is refused")
  void basic_thatDoesNotMatch_isRefused() {
    String account = tenants.account("mecha");
    NewKey key = tenants.key("mecha", account);
    NewKey other = tenants.key("mecha", account);
    for (String credential :
        List.of(
            Basic.of(other.id(), key.secret()),
            Basic.of("", key.secret()),
            Basic.of(key.id(), KeyForm.withOtherSecret(key.secret())),
            Basic.of(key.id(), ""))) {
      door.get(MACHINES, "Authorization", credential).problem(401, "invalid_key");
    }
  }

  @Test
  @DisplayName("MECHA-7 an automation manages machines with the key: list, create, get, delete")
  void machines_areManagedWithTheKey() {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    String[] headers = {"Authorization", key.bearer(), "Content-Type", "application/json"};
    Answer created =
        door.call("POST", MACHINES, Json.of("name", "runner-7").toString(), headers).expect(201);
    String machine = MACHINES + "/" + created.text("id");
    assertThat(door.getAs(key, machine).expect(200).text("name")).isEqualTo("runner-7");
    assertThat(door.getAs(key, MACHINES).expect(200).body()).contains(created.text("id"));
    Answer deleted = door.call("DELETE", machine, "", "Authorization", key.bearer());
    assertThat(deleted.status()).isIn(200, 204);
    door.getAs(key, machine).expect(404);
  }

  @Test
  @DisplayName("MECHA-7 a machine is its account's own")
  void machine_ofAnotherAccount_isNotFound() {
    NewKey key = tenants.key("mecha", tenants.account("mecha"));
    NewKey stranger = tenants.key("mecha", tenants.account("mecha"));
    String body = Json.of("name", "runner-8").toString();
    Answer created =
        door.call(
            "POST",
            MACHINES,
            body,
            "Authorization",
            key.bearer(),
            "Content-Type",
            "application/json");
    door.getAs(stranger, MACHINES + "/" + created.expect(201).text("id")).expect(404);
  }

  private ObjectNode request() {
    return Tenants.request("mecha", tenants.account("mecha"));
  }

  private Answer create(JsonNode body) {
    return operator.post("/v1/keys", body);
  }
}
