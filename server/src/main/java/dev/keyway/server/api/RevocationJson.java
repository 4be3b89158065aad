package dev.keyway.server.api;

import dev.keyway.core.change.Change;
import dev.keyway.core.change.Revocation;
import dev.keyway.server.http.JsonObject;
import org.jspecify.annotations.Nullable;

/** The {@code revocation} object: since when a change of rights holds, and on how many nodes. */
final class RevocationJson {
  static final String NAME = "revocation";

  private RevocationJson() {}

  static JsonObject of(Revocation revocation) {
    return new JsonObject()
        .put("seq", revocation.seq())
        .put("committed_at", revocation.committedAt())
        .put("effective_at", revocation.effectiveAt())
        .put("keys_affected", revocation.keysAffected())
        .put(
            "nodes",
            new JsonObject()
                .put("confirmed", revocation.nodesConfirmed())
                .put("total", revocation.nodesTotal()));
  }

  /** A change as it is kept: {@code effective_at} is null until it is known to hold. */
  static JsonObject of(Change change) {
    int confirmed = change.effectiveAt() == null ? 0 : 1;
    return new JsonObject()
        .put("seq", change.seq())
        .put("committed_at", change.committedAt())
        .put("effective_at", change.effectiveAt())
        .put("keys_affected", change.keysAffected())
        .put("nodes", new JsonObject().put("confirmed", confirmed).put("total", 1));
  }

  /** The answer of a call that narrows and has nothing else to show. */
  static Answer answer(Revocation revocation) {
    return Answer.ok(new JsonObject().put(NAME, of(revocation)));
  }

  /** Adds the member unless nothing was narrowed. */
  static JsonObject putInto(JsonObject json, @Nullable Revocation revocation) {
    return revocation == null ? json : json.put(NAME, of(revocation));
  }
}
