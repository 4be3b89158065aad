package dev.keyway.server.api;

import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ListedKey;
import dev.keyway.core.product.KeyPolicy.Show;
import dev.keyway.core.product.Product;
import dev.keyway.core.product.Products;
import dev.keyway.core.tenancy.ConcernedKeys;
import dev.keyway.server.http.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The key object of the API: all that may be known of a key, and never its secret. */
final class KeyJson {
  private static final int SHOWN_OF_ID = 6;

  private final Products products;
  private final InstantSource clock;

  KeyJson(Products products, InstantSource clock) {
    this.products = products;
    this.clock = clock;
  }

  /** Adds the keys that a change would concern, and how many there are. */
  JsonObject putInto(JsonObject json, ConcernedKeys keys) {
    return json.put("keys_affected", keys.count())
        .putAll("data", keys.shown().stream().map(this::of).toList());
  }

  JsonObject of(ListedKey listed) {
    return of(listed.key(), listed.lastUsedAt());
  }

  /** A key that is being used this moment, which the store does not know yet. */
  JsonObject inUse(ApiKey key) {
    return of(key, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /** The key object; {@code lastUsedAt} is null for a key that was never used. */
  JsonObject of(ApiKey key, @Nullable Instant lastUsedAt) {
    var createdByKey = key.createdByKey();
    var json =
        new JsonObject()
            .put("id", key.id().toString())
            .put("product", key.product())
            .put("name", key.name())
            .put("description", key.description())
            .put("status", key.statusAt(clock.instant()).text())
            .put(
                "scope",
                new JsonObject().put("kind", key.scope().kind().text()).put("id", key.scope().id()))
            .put("created_by", key.createdBy().text())
            .put("created_by_key", createdByKey == null ? null : createdByKey.toString())
            .put("created_at", key.createdAt())
            .put("expires_at", key.expiresAt())
            .put("revoked_at", key.revokedAt())
            .put("last_used_at", lastUsedAt);
    return putHints(json, key, products.find(key.product()).orElse(null));
  }

  /** The part by which its owner recognises the key (MEKO-4, MECHA-4, MEMO-2). */
  private static JsonObject putHints(JsonObject json, ApiKey key, @Nullable Product product) {
    Show show = product == null ? Show.NONE : product.key().show();
    String prefix =
        product == null || show != Show.PREFIX
            ? null
            : product.key().prefix() + key.id().characters().substring(0, SHOWN_OF_ID);
    String suffix = show == Show.SUFFIX ? key.suffix() : null;
    String hint =
        switch (show) {
          case PREFIX -> prefix + "…";
          case SUFFIX -> "…" + suffix;
          case ID -> key.id().toString();
          case NONE -> null;
        };
    return json.put("prefix", prefix).put("suffix", suffix).put("hint", hint);
  }
}
