package dev.keyway.store.sql;

import dev.keyway.core.apikey.ApiKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The places for active keys in one scope (MEKO-5), numbered from 1.
 *
 * <p>What holds the limit is that two keys cannot have one place: the loser of a race meets a
 * unique index, and its transaction is run again.
 */
final class KeySlots {
  private static final String LIVING =
      """
      scope_kind = :kind AND scope_id = :scope AND revoked_at IS NULL AND deactivated_at IS NULL
      """;

  private KeySlots() {}

  /**
   * Finds the lowest free place, after freeing those of keys that have expired when {@code key} is
   * made.
   *
   * @return null when all are taken
   */
  static @Nullable Integer take(Handle handle, ApiKey key, int places) {
    free(handle, key);
    // Keys without a place count too: they were made before there was a limit.
    List<Integer> slots =
        handle
            .createQuery(
                "SELECT COALESCE(slot, 0) FROM api_key WHERE "
                    + LIVING
                    + " AND (expires_at IS NULL OR expires_at > :now) LIMIT :places")
            .bind("kind", key.scope().kind().text())
            .bind("scope", key.scope().id())
            .bind("now", key.createdAt().toEpochMilli())
            .bind("places", places)
            .mapTo(Integer.class)
            .list();
    return slots.size() == places ? null : lowestFree(new HashSet<>(slots));
  }

  private static void free(Handle handle, ApiKey key) {
    handle
        .createUpdate(
            "UPDATE api_key SET slot = NULL WHERE "
                + LIVING
                + " AND slot IS NOT NULL AND expires_at <= :now")
        .bind("kind", key.scope().kind().text())
        .bind("scope", key.scope().id())
        .bind("now", key.createdAt().toEpochMilli())
        .execute();
  }

  private static int lowestFree(Set<Integer> taken) {
    int slot = 1;
    while (taken.contains(slot)) {
      slot++;
    }
    return slot;
  }
}
