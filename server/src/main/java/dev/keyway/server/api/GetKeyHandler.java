package dev.keyway.server.api;

import dev.keyway.core.apikey.GetApiKey;
import dev.keyway.core.change.Change;
import dev.keyway.server.http.JsonObject;

/** {@code GET /v1/keys/{key}}: shows one key. */
final class GetKeyHandler implements Operation {
  private final GetApiKey getApiKey;
  private final KeyJson keyJson;

  GetKeyHandler(GetApiKey getApiKey, KeyJson keyJson) {
    this.getApiKey = getApiKey;
    this.keyJson = keyJson;
  }

  @Override
  public Answer answer(Call call) {
    var found = getApiKey.execute(call.caller(), KeyIds.inPath(call));
    Change revokedBy = found.revokedBy();
    JsonObject json = keyJson.of(found.key());
    if (revokedBy != null) {
      json.put(RevocationJson.NAME, RevocationJson.of(revokedBy));
    }
    return Answer.ok(json).withVersion(found.key().key().version());
  }
}
