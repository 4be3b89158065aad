package dev.keyway.server.api;

import dev.keyway.core.RefusedException.Invalid;
import dev.keyway.core.RefusedException.NotFound;
import dev.keyway.core.apikey.ApiKeyId;

/** Reads key ids that callers name. */
final class KeyIds {
  private KeyIds() {}

  /** The key in the path; one that cannot exist is not found, like any other. */
  static ApiKeyId inPath(Call call) {
    return ApiKeyId.parse(call.parameter("key")).orElseThrow(() -> new NotFound("The key"));
  }

  /** The key in a field. */
  static ApiKeyId inField(String field, String text) {
    return ApiKeyId.parse(text)
        .orElseThrow(() -> Invalid.request("'" + field + "' must be a key id, 'key_…'."));
  }
}
