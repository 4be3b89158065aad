package dev.keyway.store.sql;

import dev.keyway.core.tenancy.AccountId;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The part of an account's row that tells whether its person may sign in, and how. */
final class PasswordRows {
  private PasswordRows() {}

  /** Whether the account is active and this is still its password's hash. */
  static boolean isCurrent(Handle handle, AccountId id, @Nullable String hash) {
    return isActive(handle, id) && Objects.equals(hash(handle, id), hash);
  }

  static boolean isActive(Handle handle, AccountId id) {
    return handle
        .createQuery("SELECT a.id FROM account a WHERE a.id = :id AND a.status = 'active'")
        .bind("id", id.text())
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  static @Nullable String hash(Handle handle, AccountId id) {
    Optional<String> hash =
        handle
            .createQuery(
                """
                SELECT a.password_hash FROM account a
                WHERE a.id = :id AND a.status != 'deleted'
                """)
            .bind("id", id.text())
            .mapTo(String.class)
            .findOne();
    return hash.orElse(null);
  }

  /** Sets the hash; whoever could act by the old one, or by an invitation, can no more. */
  static void set(Handle handle, AccountId id, String hash) {
    handle
        .createUpdate(
            """
            UPDATE account SET password_hash = :hash
            WHERE id = :id AND status != 'deleted'
            """)
        .bind("hash", hash)
        .bind("id", id.text())
        .execute();
    SessionRows.endAll(handle, id);
    InvitationRows.endAll(handle, id);
  }
}
