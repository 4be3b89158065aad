package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Eventually;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.KeyForm;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verify: its codes, and which of several faults is named, which is the one order of checks. */
@DisplayName("Contract: verify and the order of checks")
final class VerifyContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void validKey_answersKeyAccountAndScope(Products product) {
    NewKey key = product.newKey(tenants);
    Answer verified = tenants.verify(key.secret(), product.slug(), null);
    assertThat(verified.at("valid").asBoolean()).isTrue();
    assertThat(verified.text("code")).isEqualTo("valid");
    assertThat(verified.text("key.id")).isEqualTo(key.id());
    assertThat(verified.text("account.id")).isEqualTo(key.key().at("/created_by").asText());
    assertThat(verified.at("workspace.id").isMissingNode()).isEqualTo(product != Products.MEMO);
  }

  @Test
  void keyThatIsNone_isMalformedOrNotFound() {
    NewKey key = Products.MEKO.newKey(tenants);
    assertCode("", "malformed");
    assertCode("nonsense", "malformed");
    assertCode(key.secret() + "0", "malformed");
    assertCode(KeyForm.unchecked(key.secret()) + "000000", "malformed");
    assertCode(KeyForm.neverIssued("mko_tkn_"), "not_found");
    assertCode(KeyForm.withOtherSecret(key.secret()), "not_found");
  }

  @Test
  void refusedKey_answersNoKeyDetailsToGuessers() {
    NewKey key = Products.MEKO.newKey(tenants);
    Answer refused = tenants.verify(KeyForm.withOtherSecret(key.secret()), null, null);
    assertThat(refused.at("valid").asBoolean()).isFalse();
    assertThat(refused.body()).doesNotContain(key.id());
  }

  @Test
  void revokedComesBeforeDeactivatedExpiredProductAndPlan() {
    Workspace workspace = tenants.workspace("memo", "pro");
    String member = tenants.member("memo", workspace);
    String soon = Instant.now().plusSeconds(1).toString();
    NewKey key =
        tenants.create(
            Json.of(
                "product",
                "memo",
                "account",
                member,
                "workspace",
                workspace.id(),
                "expires_at",
                soon));
    Eventually.holds(
        "expiry", Duration.ofSeconds(10), () -> tenants.verifyCode(key.secret()).equals("expired"));
    assertThat(tenants.verify(key.secret(), "meko", null).text("code")).isEqualTo("expired");
    tenants.remove(workspace, member).expect(200);
    assertThat(tenants.verifyCode(key.secret())).isIn("deactivated", "expired");
    tenants.revoke(key.id());
    assertThat(tenants.verify(key.secret(), "meko", null).text("code")).isEqualTo("revoked");
  }

  @Test
  void deactivatedComesBeforeProductAndPlan() {
    Workspace workspace = tenants.workspace("memo", "pro");
    String member = tenants.member("memo", workspace);
    NewKey key = tenants.key(workspace, member);
    tenants.remove(workspace, member).expect(200);
    operator.patch("/v1/workspaces/" + workspace.id(), Json.of("plan", "free")).expect(200);
    assertThat(tenants.verify(key.secret(), "meko", null).text("code")).isEqualTo("deactivated");
  }

  @Test
  void wrongProductComesBeforePlan_andPlanIsPlanRequired() {
    Workspace workspace = tenants.workspace("memo", "pro");
    NewKey key = tenants.key(workspace, workspace.owner());
    operator.patch("/v1/workspaces/" + workspace.id(), Json.of("plan", "free")).expect(200);
    assertThat(tenants.verify(key.secret(), "meko", null).text("code")).isEqualTo("wrong_product");
    assertThat(tenants.verify(key.secret(), "memo", null).text("code")).isEqualTo("plan_required");
  }

  @Test
  void outOfScope_isNamedForAnotherResource() {
    String account = tenants.account("memorylake");
    String project = tenants.resource("memorylake", account, "project");
    String other = tenants.resource("memorylake", account, "project");
    NewKey key = tenants.projectKey(account, project);
    assertThat(tenants.verify(key.secret(), "memorylake", project).text("code")).isEqualTo("valid");
    assertThat(tenants.verify(key.secret(), "memorylake", other).text("code"))
        .isEqualTo("out_of_scope");
  }

  @Test
  void body_withoutAKey_isInvalid() {
    operator.post("/v1/keys/verify", Json.of("product", "meko")).problem(400, "invalid_request");
  }

  @Test
  void verify_byAProductKey_isForbidden() {
    NewKey key = Products.MECHA.newKey(tenants);
    keyway
        .anonymous()
        .bearer(key.secret())
        .post("/v1/keys/verify", Json.of("key", key.secret()))
        .problem(403, "forbidden");
  }

  private void assertCode(String key, String code) {
    Answer answer = tenants.verify(key, null, null);
    assertThat(answer.text("code"))
        .as("code of a key of %s characters", key.length())
        .isEqualTo(code);
    assertThat(answer.at("valid").asBoolean()).isFalse();
  }
}
