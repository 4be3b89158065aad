package dev.keyway.store.sql;

import org.jdbi.v3.core.Handle;

/**
 * How much a store holds, for people to compare.
 *
 * @param lastChange the number of the latest change of rights it knows
 * @param keys all keys, those that have ended included
 * @param operatorKeys those that are not revoked
 */
public record StoreContents(
    long lastChange, long accounts, long keys, long endedKeys, long operatorKeys) {

  /** Counts what the database of a handle holds. */
  public static StoreContents of(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT (SELECT head FROM epoch) AS last_change,
              (SELECT COUNT(*) FROM account WHERE status <> 'deleted') AS accounts,
              (SELECT COUNT(*) FROM api_key) AS api_keys,
              (SELECT COUNT(*) FROM api_key
                WHERE revoked_at IS NOT NULL OR deactivated_at IS NOT NULL) AS ended,
              (SELECT COUNT(*) FROM operator_key WHERE revoked_at IS NULL) AS operator_keys
            """)
        .map((row, _) ->
            new StoreContents(
                row.getLong("last_change"),
                row.getLong("accounts"),
                row.getLong("api_keys"),
                row.getLong("ended"),
                row.getLong("operator_keys")))
        .one();
  }
}
