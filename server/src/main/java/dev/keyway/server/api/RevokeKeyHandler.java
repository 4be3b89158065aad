package dev.keyway.server.api;

import dev.keyway.core.apikey.RevokeApiKey;
import dev.keyway.server.http.JsonObject;
import dev.keyway.server.http.Request;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/keys/{key}/revoke} and {@code DELETE /v1/keys/{key}}: revokes a key. */
final class RevokeKeyHandler implements Operation {
  private final RevokeApiKey revokeApiKey;
  private final KeyJson keyJson;

  RevokeKeyHandler(RevokeApiKey revokeApiKey, KeyJson keyJson) {
    this.revokeApiKey = revokeApiKey;
    this.keyJson = keyJson;
  }

  @Override
  public boolean narrows(Request request) {
    return true;
  }

  @Override
  public Answer answer(Call call) {
    Body body = call.body(Body.class);
    var result =
        revokeApiKey.execute(
            call.caller(),
            new RevokeApiKey.Command(KeyIds.inPath(call), body.reason, call.precondition()));
    var json = new JsonObject().put("key", keyJson.of(result.key()));
    return Answer.ok(RevocationJson.putInto(json, result.revocation()))
        .withVersion(result.key().key().version());
  }

  private record Body(@Nullable String reason) {}
}
