package dev.keyway.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyway.conformance.harness.Answer;
import dev.keyway.conformance.harness.Api;
import dev.keyway.conformance.harness.Door;
import dev.keyway.conformance.harness.Json;
import dev.keyway.conformance.harness.NewKey;
import dev.keyway.conformance.harness.OpenStream;
import dev.keyway.conformance.harness.Products;
import dev.keyway.conformance.harness.RunningKeyway;
import dev.keyway.conformance.harness.Tenants;
import dev.keyway.conformance.harness.Tenants.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The answers of narrowing calls: the {@code revocation} object, idempotence, and that access is
 * over on return.
 */
@DisplayName("Contract: narrowing calls")
final class NarrowingContractTest {

  private final RunningKeyway keyway = RunningKeyway.shared();
  private final Api operator = keyway.operator();
  private final Tenants tenants = keyway.tenants();
  private final Door door = keyway.door();

  @Test
  void revoke_answersKeyAndRevocation() {
    NewKey key = Products.MEKO.newKey(tenants);
    Answer revoked = tenants.revoke(key.id());
    assertRevocation(revoked, 1);
    assertThat(revoked.text("key.status")).isEqualTo("revoked");
    assertThat(revoked.text("key.id")).isEqualTo(key.id());
  }

  @Test
  void revokeAgain_answers200AndChangesNothing() {
    NewKey key = Products.MEKO.newKey(tenants);
    Answer first = tenants.revoke(key.id());
    Answer second = operator.delete("/v1/keys/" + key.id()).expect(200);
    assertThat(second.text("key.revoked_at")).isEqualTo(first.text("key.revoked_at"));
    assertThat(second.at("revocation.seq").isNumber()).isTrue();
  }

  @Test
  void revoke_withoutABody_works() {
    NewKey key = Products.MEKO.newKey(tenants);
    operator.post("/v1/keys/" + key.id() + "/revoke").expect(200);
    door.knock("meko", key.secret()).problem(401, "invalid_key");
  }

  @Test
  void sequence_growsFromChangeToChange() {
    long first = tenants.revoke(Products.MEKO.newKey(tenants).id()).at("revocation.seq").asLong();
    long second = tenants.revoke(Products.MECHA.newKey(tenants).id()).at("revocation.seq").asLong();
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void bulkRevoke_ofAnAccount_endsAllItsKeysWithOneSequence() {
    String account = tenants.account("meko");
    List<NewKey> keys = IntStream.range(0, 3).mapToObj(_ -> tenants.key("meko", account)).toList();
    NewKey stranger = Products.MEKO.newKey(tenants);
    JsonNode body = Json.of("product", "meko", "account", account, "reason", "laptop stolen");
    assertRevocation(operator.post("/v1/keys/revoke", body).expect(200), 3);
    keys.forEach(key -> door.knock("meko", key.secret()).problem(401, "invalid_key"));
    door.knock("meko", stranger.secret()).expect(200);
    operator.post("/v1/keys/revoke", body).expect(200);
  }

  @Test
  void bulkRevoke_ofAWorkspace_endsEveryMembersKeys() {
    Workspace workspace = tenants.workspace("memo", "pro");
    NewKey owners = tenants.key(workspace, workspace.owner());
    NewKey members = tenants.key(workspace, tenants.member("memo", workspace));
    JsonNode body =
        Json.of("product", "memo", "workspace", workspace.id(), "reason", "contract ended");
    assertRevocation(operator.post("/v1/keys/revoke", body).expect(200), 2);
    door.knock("memo", owners.secret()).problem(401, "invalid_key");
    door.knock("memo", members.secret()).problem(401, "invalid_key");
  }

  @Test
  void bulkRevoke_withoutAReasonOrASelection_isInvalid() {
    String account = tenants.account("meko");
    operator
        .post("/v1/keys/revoke", Json.of("product", "meko", "account", account))
        .problem(400, "invalid_request");
    operator
        .post("/v1/keys/revoke", Json.of("product", "meko", "reason", "all"))
        .problem(400, "invalid_request");
  }

  @Test
  void memberRemoval_planChange_suspensionAndDeletion_answerARevocation() {
    Workspace workspace = tenants.workspace("memo", "pro");
    String member = tenants.member("memo", workspace);
    tenants.key(workspace, member);
    NewKey owners = tenants.key(workspace, workspace.owner());
    assertRevocation(tenants.remove(workspace, member).expect(200), 1);
    assertRevocation(
        operator.patch("/v1/workspaces/" + workspace.id(), Json.of("plan", "free")).expect(200), 1);
    assertThat(
            operator
                .patch("/v1/workspaces/" + workspace.id(), Json.of("plan", "pro"))
                .expect(200)
                .status())
        .isEqualTo(200);
    door.knock("memo", owners.secret()).expect(200);
    assertRevocation(operator.delete("/v1/workspaces/" + workspace.id()).expect(200), 1);
    door.knock("memo", owners.secret()).problem(401, "invalid_key");
  }

  @Test
  void accountDeletion_endsItsKeys() {
    String account = tenants.account("mecha");
    NewKey key = tenants.key("mecha", account);
    assertRevocation(operator.delete("/v1/accounts/" + account).expect(200), 1);
    door.knock("mecha", key.secret()).problem(401, "invalid_key");
  }

  @Test
  void accountSuspension_endsItsKeysForGood() {
    String account = tenants.account("mecha");
    NewKey key = tenants.key("mecha", account);
    assertRevocation(
        operator.patch("/v1/accounts/" + account, Json.of("status", "suspended")).expect(200), 1);
    door.knock("mecha", key.secret()).problem(401, "invalid_key");
    operator.patch("/v1/accounts/" + account, Json.of("status", "active")).expect(200);
    assertThat(operator.get("/v1/keys/" + key.id()).text("status")).isEqualTo("deactivated");
    door.knock("mecha", key.secret()).problem(401, "invalid_key");
  }

  @Test
  void resourceDeletion_endsItsKeys() {
    String account = tenants.account("memorylake");
    String project = tenants.resource("memorylake", account, "project");
    NewKey key = tenants.projectKey(account, project);
    assertRevocation(operator.delete("/v1/resources/" + project).expect(200), 1);
    door.knock("memorylake", key.secret()).problem(401, "invalid_key");
  }

  @Test
  void lastOwner_cannotGo() {
    Workspace workspace = tenants.workspace("memo", "pro");
    tenants.remove(workspace, workspace.owner()).problem(409, "conflict");
    tenants.join(workspace, workspace.owner(), "member").problem(409, "conflict");
    String second = tenants.account("memo");
    tenants.join(workspace, second, "owner").expect(200);
    tenants.remove(workspace, workspace.owner()).expect(200);
  }

  @Test
  void bulkRevoke_cutsEveryOpenStream() {
    String account = tenants.account("meko");
    NewKey first = tenants.key("meko", account);
    NewKey second = tenants.key("meko", account);
    NewKey stranger = Products.MEKO.newKey(tenants);
    try (OpenStream one = OpenStream.open(door, "/meko/mcp", first);
        OpenStream two = OpenStream.open(door, "/meko/mcp", second);
        OpenStream other = OpenStream.open(door, "/meko/mcp", stranger)) {
      operator
          .post(
              "/v1/keys/revoke", Json.of("product", "meko", "account", account, "reason", "stolen"))
          .expect(200);
      assertThat(one.isCut()).isTrue();
      assertThat(two.isCut()).isTrue();
      assertThat(other.isCut()).as("a stranger's stream").isFalse();
    }
  }

  private static void assertRevocation(Answer answer, int keys) {
    JsonNode revocation = answer.at("revocation");
    assertThat(revocation.at("/seq").asLong()).isPositive();
    Instant committed = Instant.parse(revocation.at("/committed_at").asText());
    assertThat(Instant.parse(revocation.at("/effective_at").asText())).isAfterOrEqualTo(committed);
    assertThat(revocation.at("/keys_affected").asInt()).isEqualTo(keys);
    assertThat(revocation.at("/nodes/total").asInt()).isPositive();
    assertThat(revocation.at("/nodes/confirmed").asInt())
        .isEqualTo(revocation.at("/nodes/total").asInt());
  }
}
