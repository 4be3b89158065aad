package dev.keyway.server.api;

import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.PreviewRemoval;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.server.http.JsonObject;

/** {@code GET …/members/{account}/removal}: tells which keys a removal would end. */
final class PreviewRemovalHandler implements Operation {
  private final PreviewRemoval previewRemoval;
  private final KeyJson keyJson;

  PreviewRemovalHandler(PreviewRemoval previewRemoval, KeyJson keyJson) {
    this.previewRemoval = previewRemoval;
    this.keyJson = keyJson;
  }

  @Override
  public Answer answer(Call call) {
    var keys =
        previewRemoval.execute(
            call.caller(),
            new WorkspaceId(call.parameter("workspace")),
            new AccountId(call.parameter("account")));
    return Answer.ok(keyJson.putInto(new JsonObject(), keys));
  }
}
