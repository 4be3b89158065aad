package dev.keyway.store.sql;

import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.change.Entity;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The ends of keys: revoked by someone, or deactivated with what stood behind them. Each frees the
 * key's place in the transaction that ends it.
 */
final class KeyEnds {
  private static final String ACTIVE =
      """
      (k.revoked_at IS NULL AND k.deactivated_at IS NULL
       AND (k.expires_at IS NULL OR k.expires_at > :at))\
      """;

  private KeyEnds() {}

  /** The keys that fulfil the conditions (on {@code api_key k}), and how many are active. */
  static Found find(Handle handle, Conditions conditions, Instant at) {
    List<Found.Key> keys =
        conditions
            .bindTo(
                handle.createQuery(
                    "SELECT k.id, "
                        + ACTIVE
                        + " AS active FROM api_key k WHERE "
                        + conditions.sql()
                        + " ORDER BY k.id"))
            .bind("at", at.toEpochMilli())
            .map((row, _) -> new Found.Key(row.getString("id"), row.getBoolean("active")))
            .list();
    return Found.of(keys);
  }

  /** How many keys that fulfil the conditions (on {@code api_key k}) are active. */
  static int countActive(Handle handle, Conditions conditions, Instant at) {
    return conditions
        .bindTo(
            handle.createQuery(
                "SELECT COUNT(*) FROM api_key k WHERE " + conditions.sql() + " AND " + ACTIVE))
        .bind("at", at.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  /** Deactivates the keys that fulfil the conditions and have not ended. */
  static Found deactivate(Handle handle, Conditions conditions, Instant at) {
    conditions.and("k.revoked_at IS NULL").and("k.deactivated_at IS NULL");
    Found found = find(handle, conditions, at);
    if (!found.ids().isEmpty()) {
      conditions
          .bindTo(
              handle.createUpdate(
                  "UPDATE api_key AS k SET deactivated_at = :at, slot = NULL, version = version + 1"
                      + " WHERE "
                      + conditions.sql()))
          .bind("at", at.toEpochMilli())
          .execute();
    }
    return found;
  }

  /** Revokes the keys that fulfil the conditions, by a change that is written already. */
  static void revoke(Handle handle, Conditions conditions, Instant at, long seq) {
    conditions
        .bindTo(
            handle.createUpdate(
                "UPDATE api_key AS k SET revoked_at = :at, revoked_seq = :seq, slot = NULL,"
                    + " version = version + 1 WHERE k.revoked_at IS NULL AND "
                    + conditions.sql()))
        .bind("at", at.toEpochMilli())
        .bind("seq", seq)
        .execute();
  }

  static Conditions only(ApiKeyId id) {
    return new Conditions().and("k.id = :id", "id", id.toString());
  }

  /**
   * Keys that a change concerns.
   *
   * @param active how many of them are active
   */
  record Found(List<String> ids, int active) {

    static Found of(List<Key> keys) {
      return new Found(
          keys.stream().map(Key::id).toList(), (int) keys.stream().filter(Key::active).count());
    }

    List<Entity> entities() {
      return ids.stream().map(id -> new Entity(Entity.Kind.KEY, id)).toList();
    }

    record Key(String id, boolean active) {}
  }
}
