package dev.keyway.server.api;

import dev.keyway.core.tenancy.PreviewPlanChange;
import dev.keyway.core.tenancy.WorkspaceId;
import dev.keyway.server.http.JsonObject;
import java.util.Set;

/** {@code GET …/plan-change}: tells which keys would stop working on a plan. */
final class PreviewPlanChangeHandler implements Operation {
  private final PreviewPlanChange previewPlanChange;
  private final KeyJson keyJson;

  PreviewPlanChangeHandler(PreviewPlanChange previewPlanChange, KeyJson keyJson) {
    this.previewPlanChange = previewPlanChange;
    this.keyJson = keyJson;
  }

  @Override
  public Set<String> parameters() {
    return Set.of("plan");
  }

  @Override
  public Answer answer(Call call) {
    var result =
        previewPlanChange.execute(
            call.caller(),
            new WorkspaceId(call.parameter("workspace")),
            call.query(this).one("plan"));
    var json = new JsonObject().put("plan", result.plan()).put("api", result.api());
    return Answer.ok(keyJson.putInto(json, result.keys()));
  }
}
