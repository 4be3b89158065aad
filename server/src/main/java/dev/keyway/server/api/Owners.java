package dev.keyway.server.api;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.server.http.JsonObject;

/** Whose a key is: {@code account}, and {@code workspace} where it has one. */
final class Owners {
  private Owners() {}

  static JsonObject putInto(JsonObject json, ApiKey key) {
    var workspace = key.workspace();
    return json.put("account", new JsonObject().put("id", key.createdBy().text()))
        .putIfPresent(
            "workspace", workspace == null ? null : new JsonObject().put("id", workspace.text()));
  }
}
