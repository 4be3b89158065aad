package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Unauthenticated;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.operator.Principal;
import dev.keyway.core.product.Products;
import dev.keyway.core.session.Session;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.WorkspaceStore;
import dev.keyway.server.http.JsonObject;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/me}: tells callers who they are. */
final class GetMeHandler implements Operation {
  private final ApiKeyStore keys;
  private final WorkspaceStore workspaces;
  private final Products products;
  private final KeyJson keyJson;
  private final ProductJson productJson;

  GetMeHandler(
      ApiKeyStore keys,
      WorkspaceStore workspaces,
      Products products,
      KeyJson keyJson,
      ProductJson productJson) {
    this.keys = keys;
    this.workspaces = workspaces;
    this.products = products;
    this.keyJson = keyJson;
    this.productJson = productJson;
  }

  @Override
  public Answer answer(Call call) {
    return Answer.ok(
        switch (call.caller().principal()) {
          case Principal.Person person -> person(person.account(), call.session());
          case Principal.KeyHolder holder -> key(holder.key());
          case Principal.Operator operator ->
              new JsonObject().put("operator_key", TenancyJson.of(operator.key()));
        });
  }

  private JsonObject person(Account account, @Nullable Session session) {
    var memberships =
        workspaces.memberships(account.id()).stream()
            .map(membership ->
                new JsonObject()
                    .put("id", membership.workspace().text())
                    .put("role", membership.role().text()))
            .toList();
    return new JsonObject()
        .put("account", TenancyJson.of(account))
        .put("product", account.product())
        .putAll("workspaces", memberships)
        .putIfPresent("csrf_token", session == null ? null : session.csrfToken());
  }

  /**
   * Ids only: whoever holds a key is not shown its creator's name and e-mail. The product is: a
   * program with nothing but a key learns from it where to use it.
   */
  private JsonObject key(ApiKey key) {
    var listed =
        keys.find(key.id()).orElseThrow(() -> new Unauthenticated("The key is not valid here."));
    var me = Owners.putInto(new JsonObject().put("key", keyJson.of(listed)), key);
    products.find(key.product()).ifPresent(product -> me.put("profile", productJson.of(product)));
    return me;
  }
}
