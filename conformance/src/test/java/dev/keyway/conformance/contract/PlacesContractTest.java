package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Basic;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RawConnection;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The places of a credential at the gateway, and what is answered when they are empty, wrong or
 * filled twice.
 */
@DisplayName("Contract: places")
final class PlacesContractTest {

  private static final String MACHINES = "/mecha/v1/machines";
  private static final String TRANSCRIPTIONS = "/memo/api/v1/developer/transcriptions";

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();

  @Test
  void noCredential_isMissingKey_withABareChallenge() {
    for (String target : List.of(MACHINES, TRANSCRIPTIONS, MACHINES + "?page=2")) {
      Answer refused = door.get(target).problem(401, "missing_key");
      assertThat(refused.header("www-authenticate")).contains("Bearer realm=\"keyway\"");
    }
    door.initialize("/meko/mcp").problem(401, "missing_key");
    door.initialize("/memorylake/mcp/v1").problem(401, "missing_key");
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
  void bearer_inAnyCase_isAccepted(String scheme) {
    NewKey key = Products.MECHA.newKey(tenants);
    door.get(MACHINES, "Authorization", scheme + " " + key.secret()).expect(200);
  }

  @Test
  void basic_inAnyCase_isAcceptedWhereTheProfileSaysSo() {
    NewKey key = Products.MECHA.newKey(tenants);
    String basic = Basic.of(key.id(), key.secret());
    door.get(MACHINES, "Authorization", "basic" + basic.substring("Basic".length())).expect(200);
    NewKey memo = Products.MEMO.newKey(tenants);
    door.get(TRANSCRIPTIONS, "Authorization", Basic.of(memo.id(), memo.secret()))
        .problem(401, "invalid_key");
  }

  @Test
  void authorization_ofAnotherForm_isRefused() {
    NewKey key = Products.MECHA.newKey(tenants);
    for (String value :
        List.of("Bearer  " + key.secret(), "Digest " + key.secret(), key.secret(), "Bearer")) {
      Answer refused = door.get(MACHINES, "Authorization", value);
      assertThat(refused.status()).as("%s…", value.substring(0, 6)).isIn(400, 401);
    }
  }

  @Test
  void xApiKey_whereTheProfileDoesNotTakeIt_isRefused() {
    NewKey key = Products.MECHA.newKey(tenants);
    door.get(MACHINES, "X-API-Key", key.secret()).problem(401, "invalid_key");
  }

  @Test
  void queryKey_whereForbidden_comesBeforeAllOtherChecks() {
    NewKey key = Products.MECHA.newKey(tenants);
    for (String query :
        List.of(
            "apikey=" + key.secret(),
            "api_key=" + key.secret(),
            "access_token=" + key.secret(),
            "apikey=nonsense",
            "apikey=",
            "x=" + key.secret(),
            "x=" + KeyForm.neverIssued("mlk_"),
            "x=1&y=" + percent(key.secret()))) {
      door.get(MACHINES + "?" + query).problem(401, "key_in_query");
      door.getAs(key, MACHINES + "?" + query).problem(401, "key_in_query");
    }
    door.getAs(key, MACHINES + "?apikeys=1").expect(200);
  }

  @Test
  void memorylake_takesQueryAndBearer_butNotBoth() {
    NewKey key = Products.MEMORYLAKE.newKey(tenants);
    String path = "/memorylake/mcp/v1";
    door.initialize(path + "?apikey=" + key.secret()).expect(200);
    door.initialize(path, "Authorization", key.bearer()).expect(200);
    door.initialize(path + "?apikey=" + key.secret(), "Authorization", key.bearer())
        .problem(400, "invalid_request");
    door.initialize(path + "?apikey=" + key.secret() + "&apikey=" + key.secret())
        .problem(400, "invalid_request");
    door.initialize(path + "?apikey=" + key.secret() + "&apikey=").problem(400, "invalid_request");
  }

  @Test
  void morePlacesThanOne_acceptedOrNot_areRefused() {
    NewKey key = Products.MECHA.newKey(tenants);
    door.get(MACHINES, "Authorization", key.bearer(), "X-API-Key", key.secret())
        .problem(400, "invalid_request");
    door.get(MACHINES, "Authorization", key.bearer(), "X-API-Key", "anything")
        .problem(400, "invalid_request");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"MECHA", "MEMO"})
  void onePlaceFilledTwice_isRefused(Products product) {
    NewKey key = product.newKey(tenants);
    String target = product == Products.MECHA ? MACHINES : TRANSCRIPTIONS;
    String bearer = "Authorization: " + key.bearer();
    for (List<String> fields :
        List.of(
            List.of(bearer, bearer),
            List.of(bearer, "authorization: Bearer other"),
            List.of("Authorization: " + key.bearer() + ", " + key.bearer()),
            List.of("Authorization: " + key.bearer() + ",Bearer x"),
            List.of("X-API-Key: " + key.secret(), "X-API-Key: " + key.secret()),
            List.of(bearer, "X-API-Key: x"))) {
      WireMessage answer = raw(target, fields);
      assertThat(answer.status()).as("%s", fields.size()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("invalid_request");
    }
  }

  @Test
  void unknownProductOrRoute_isNotFound() {
    NewKey key = Products.MECHA.newKey(tenants);
    door.getAs(key, "/nosuchproduct/v1").expect(404);
    door.getAs(key, "/mecha/v1/nosuchroute").expect(404);
  }

  private WireMessage raw(String target, List<String> fields) {
    List<String> lines = new ArrayList<>();
    lines.add("GET " + target + " HTTP/1.1");
    lines.addAll(fields);
    try (RawConnection connection = door.connect()) {
      return connection.send(lines.toArray(String[]::new)).answer();
    }
  }

  /** The text with every character percent-encoded. */
  private static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    text.chars().forEach(c -> encoded.append('%').append(Integer.toHexString(c)));
    return encoded.toString();
  }
}
