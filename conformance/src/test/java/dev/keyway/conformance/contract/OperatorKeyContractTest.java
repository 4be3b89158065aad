package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Operator keys: rights verify, read and manage, a limit to products, and their own revocation. */
@DisplayName("Contract: operator keys")
final class OperatorKeyContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();

  @Test
  void verifyRight_verifiesAndNothingElse() {
    Api verifier = caller(Json.of("name", "gateway", "rights", List.of("verify")));
    NewKey key = Products.MEKO.newKey(tenants);
    assertThat(
            verifier.post("/v1/keys/verify", Json.of("key", key.secret())).expect(200).text("code"))
        .isEqualTo("valid");
    verifier.get("/v1/keys?product=meko").problem(403, "forbidden");
    verifier.post("/v1/accounts", tenants.person("meko")).problem(403, "forbidden");
  }

  @Test
  void readRight_readsAndChangesNothing() {
    Api reader = caller(Json.of("name", "dashboard", "rights", List.of("read")));
    NewKey key = Products.MEKO.newKey(tenants);
    reader.get("/v1/keys/" + key.id()).expect(200);
    reader.get("/v1/audit?product=meko").expect(200);
    reader.post("/v1/keys/verify", Json.of("key", key.secret())).problem(403, "forbidden");
    reader.post("/v1/keys/" + key.id() + "/revoke", Json.of()).problem(403, "forbidden");
    reader.get("/v1/operator-keys").problem(403, "forbidden");
    keyway.door().knock("meko", key.secret()).expect(200);
  }

  @Test
  void manageRight_forOneProduct_reachesNoOther() {
    Api meko =
        caller(
            Json.of(
                "name",
                "meko backend",
                "rights",
                List.of("manage", "read"),
                "products",
                List.of("meko")));
    meko.post("/v1/accounts", tenants.person("meko")).expect(201);
    Answer foreign = meko.post("/v1/accounts", tenants.person("mecha"));
    assertThat(foreign.status()).isIn(403, 404);
    NewKey key = Products.MECHA.newKey(tenants);
    Answer revoke = meko.post("/v1/keys/" + key.id() + "/revoke", Json.of());
    assertThat(revoke.status()).isIn(403, 404);
    keyway.door().knock("mecha", key.secret()).expect(200);
  }

  @Test
  void limitedKey_cannotMakeAKeyWithMoreThanItsOwnRights() {
    Api limited =
        caller(
            Json.of("name", "limited", "rights", List.of("manage"), "products", List.of("meko")));
    JsonNode wider = Json.of("name", "wider", "rights", List.of("manage", "read", "verify"));
    limited.post("/v1/operator-keys", wider).problem(403, "forbidden");
  }

  @Test
  void list_showsNoSecret() {
    Answer created = create(Json.of("name", "listed", "rights", List.of("read")));
    String secret = created.text("secret");
    assertThat(secret).startsWith("kwo_");
    Answer list = operator.get("/v1/operator-keys?limit=100").expect(200);
    assertThat(list.body()).doesNotContain(secret).doesNotContain(keyway.operatorKey());
    assertThat(list.data()).isNotEmpty();
  }

  @Test
  void revokedOperatorKey_isRefusedAtOnce() {
    Answer created = create(Json.of("name", "short-lived", "rights", List.of("read")));
    Api caller = keyway.anonymous().bearer(created.text("secret"));
    caller.get("/v1/keys?product=meko").expect(200);
    String id = idOf(created);
    Answer revoked =
        operator.post("/v1/operator-keys/" + id + "/revoke", Json.of("reason", "test")).expect(200);
    assertThat(revoked.at("revocation.seq").isNumber()).isTrue();
    caller.get("/v1/keys?product=meko").problem(401, "unauthenticated");
    operator.post("/v1/operator-keys/" + id + "/revoke", Json.of()).expect(200);
  }

  @Test
  void right_thatIsNone_isInvalid() {
    operator
        .post("/v1/operator-keys", Json.of("name", "x", "rights", List.of("everything")))
        .problem(400, "invalid_request");
  }

  private Api caller(JsonNode body) {
    return keyway.anonymous().bearer(create(body).text("secret"));
  }

  private Answer create(JsonNode body) {
    return operator.post("/v1/operator-keys", body).expect(201);
  }

  private static String idOf(Answer created) {
    return created.at("id").isMissingNode() ? created.text("operator_key.id") : created.text("id");
  }
}
