package dev.keyway.server.api;

import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Member;
import dev.keyway.core.tenancy.Membership;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.server.http.JsonObject;

/** Accounts, workspaces, members, resources and operator keys as the API shows them. */
final class TenancyJson {
  private TenancyJson() {}

  static JsonObject of(Account account) {
    return new JsonObject()
        .put("id", account.id().text())
        .put("product", account.product())
        .put("email", account.email())
        .put("name", account.name())
        .put("external_id", account.externalId())
        .put("status", account.status().text())
        .put("created_at", account.createdAt());
  }

  static JsonObject of(Workspace workspace) {
    return new JsonObject()
        .put("id", workspace.id().text())
        .put("product", workspace.product())
        .put("name", workspace.name())
        .put("plan", workspace.plan())
        .put("created_at", workspace.createdAt());
  }

  static JsonObject of(Membership membership) {
    return new JsonObject()
        .put("account", membership.account().text())
        .put("role", membership.role().text());
  }

  static JsonObject of(Member member) {
    return of(member.membership())
        .put("name", member.name())
        .put("email", member.email())
        .put("joined_at", member.joinedAt());
  }

  static JsonObject of(Resource resource) {
    var workspace = resource.workspace();
    var account = resource.account();
    return new JsonObject()
        .put("id", resource.id().text())
        .put("product", resource.product())
        .put("workspace", workspace == null ? null : workspace.text())
        .put("account", account == null ? null : account.text())
        .put("kind", resource.kind())
        .put("name", resource.name())
        .put("created_at", resource.createdAt());
  }

  static JsonObject of(OperatorKey key) {
    return new JsonObject()
        .put("id", key.id().text())
        .put("name", key.name())
        .putTexts("rights", key.rights().stream().map(right -> right.text()).sorted().toList())
        .putTexts("products", key.products().stream().sorted().toList())
        .put("created_at", key.createdAt())
        .put("revoked_at", key.revokedAt());
  }
}
