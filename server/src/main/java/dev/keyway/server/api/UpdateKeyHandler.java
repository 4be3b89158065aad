package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.apikey.UpdateApiKey;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Request;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /v1/keys/{key}}: describes a key anew or lets it expire earlier. */
final class UpdateKeyHandler implements Operation {
  private final UpdateApiKey updateApiKey;
  private final KeyJson keyJson;

  UpdateKeyHandler(UpdateApiKey updateApiKey, KeyJson keyJson) {
    this.updateApiKey = updateApiKey;
    this.keyJson = keyJson;
  }

  @Override
  public boolean narrows(Request request) {
    return request.json(Body.class).expiresAt != null;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    var result =
        updateApiKey.execute(
            call.caller(),
            new UpdateApiKey.Command(
                KeyIds.inPath(call),
                body.name,
                body.description,
                Fields.time("expires_at", body.expiresAt, Invalid::expiry),
                call.precondition()));
    var json = new JsonObject().put("key", keyJson.of(result.key()));
    return Answer.ok(RevocationJson.putInto(json, result.revocation()))
        .withVersion(result.key().key().version());
  }

  private record Body(
      @Nullable String name, @Nullable String description, @Nullable String expiresAt) {}
}
