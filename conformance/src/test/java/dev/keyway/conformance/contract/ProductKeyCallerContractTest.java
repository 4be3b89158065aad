package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A product key as a caller of the management API: member rights in its own scope, where the
 * profile allows it.
 */
@DisplayName("Contract: product keys as callers")
final class ProductKeyCallerContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Tenants tenants = keyway.tenants();

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"MEKO", "MEMORYLAKE"})
  void keyWithoutSelfManagement_mayCallMeOnly(Products product) {
    NewKey key = product.newKey(tenants);
    Api self = as(key);
    assertThat(self.get("/v1/me").expect(200).text("key.id")).isEqualTo(key.id());
    self.get("/v1/keys?product=" + product.slug()).problem(403, "forbidden");
    self.get("/v1/keys/" + key.id()).problem(403, "forbidden");
    self.post("/v1/keys", Json.of("product", product.slug(), "name", "x"))
        .problem(403, "forbidden");
    self.post("/v1/keys/" + key.id() + "/revoke", Json.of()).problem(403, "forbidden");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void key_whereItMayNotCall_isForbiddenWhateverTheBodySays(Products product) {
    Api self = as(product.newKey(tenants));
    for (String path : List.of("accounts", "workspaces", "resources", "operator-keys")) {
      self.post("/v1/" + path, Json.of()).problem(403, "forbidden");
      self.get("/v1/" + path + "?unknown=1").problem(403, "forbidden");
    }
  }

  @Test
  void key_makesAKeyThatCannotExpireLater_andIsRecordedAsItsMaker() {
    String account = tenants.account("mecha");
    NewKey parent = tenants.create(Tenants.request("mecha", account).put("expires_in", "30d"));
    Api self = as(parent);
    Answer child =
        self.post("/v1/keys", Json.of("product", "mecha", "name", "child", "expires_in", "7d"))
            .expect(201);
    assertThat(child.text("key.created_by_key")).isEqualTo(parent.id());
    Instant parentEnd = Instant.parse(parent.key().at("/expires_at").asText());
    Answer longer =
        self.post("/v1/keys", Json.of("product", "mecha", "name", "longer", "expires_in", "365d"));
    if (longer.status() == 201) {
      assertThat(Instant.parse(longer.text("key.expires_at"))).isBeforeOrEqualTo(parentEnd);
    } else {
      longer.problem(400, "invalid_expiry");
    }
    Answer forever =
        self.post(
            "/v1/keys", Json.of("product", "mecha", "name", "forever", "expires_in", "never"));
    assertThat(forever.status() == 400 || !forever.at("key.expires_at").isNull()).isTrue();
  }

  @Test
  void key_ofTheOwner_hasOnlyAMembersView() {
    Workspace workspace = tenants.workspace("memo", "pro");
    String member = tenants.member("memo", workspace);
    NewKey membersKey = tenants.key(workspace, member);
    NewKey ownersKey = tenants.key(workspace, workspace.owner());
    Api self = as(ownersKey);
    self.get("/v1/keys/" + ownersKey.id()).expect(200);
    self.get("/v1/keys/" + membersKey.id()).problem(404, "not_found");
    assertThat(self.get("/v1/keys?product=memo").expect(200).body())
        .contains(ownersKey.id())
        .doesNotContain(membersKey.id());
    self.post("/v1/keys/" + membersKey.id() + "/revoke", Json.of()).problem(404, "not_found");
    assertThat(self.delete("/v1/workspaces/" + workspace.id() + "/members/" + member).status())
        .isIn(403, 404);
    keyway.door().knock("memo", membersKey.secret()).expect(200);
  }

  @Test
  void key_reachesNothingOutsideItsWorkspace() {
    Workspace workspace = tenants.workspace("memo", "pro");
    Workspace other = tenants.workspace("memo", "pro");
    tenants.join(other, workspace.owner(), "member").expect(200);
    NewKey here = tenants.key(workspace, workspace.owner());
    NewKey there = tenants.key(other, workspace.owner());
    as(here).get("/v1/keys/" + there.id()).problem(404, "not_found");
    Answer made = as(here).post("/v1/keys", Json.of("product", "memo", "workspace", other.id()));
    assertThat(made.status()).isIn(403, 404);
  }

  @Test
  void key_maySeeAndRevokeItself() {
    NewKey key = Products.MEMO.newKey(tenants);
    as(key).post("/v1/keys/" + key.id() + "/revoke", Json.of("reason", "done")).expect(200);
    as(key).get("/v1/me").problem(401, "unauthenticated");
    keyway.door().knock("memo", key.secret()).problem(401, "invalid_key");
  }

  @Test
  void bulkRevoke_ofAKeysOffspring_leavesTheKeyItself() {
    String account = tenants.account("mecha");
    NewKey parent = tenants.create(Tenants.request("mecha", account).put("expires_in", "30d"));
    Answer child =
        as(parent)
            .post("/v1/keys", Json.of("product", "mecha", "name", "child", "expires_in", "7d"))
            .expect(201);
    Answer revoked =
        keyway
            .operator()
            .post(
                "/v1/keys/revoke",
                Json.of(
                    "product", "mecha", "created_by_key", parent.id(), "reason", "parent leaked"))
            .expect(200);
    assertThat(revoked.at("revocation.keys_affected").asInt()).isEqualTo(1);
    keyway.door().knock("mecha", child.text("secret")).problem(401, "invalid_key");
    keyway.door().knock("mecha", parent.secret()).expect(200);
  }

  @Test
  void key_onAFreePlan_cannotCall() {
    Workspace workspace = tenants.workspace("memo", "pro");
    NewKey key = tenants.key(workspace, workspace.owner());
    keyway
        .operator()
        .patch("/v1/workspaces/" + workspace.id(), Json.of("plan", "free"))
        .expect(200);
    as(key).get("/v1/keys?product=memo").problem(403, "api_access_denied");
  }

  private Api as(NewKey key) {
    return keyway.anonymous().bearer(key.secret());
  }
}
