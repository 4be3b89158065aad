package dev.keyway.server.api;

import dev.keyway.core.apikey.GetApiKey;
import dev.keyway.core.apikey.ListedKey;

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
    ListedKey found = getApiKey.execute(call.caller(), KeyIds.inPath(call));
    return Answer.ok(keyJson.of(found)).withVersion(found.key().version());
  }
}
