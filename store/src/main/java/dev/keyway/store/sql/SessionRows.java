package dev.keyway.store.sql;

import dev.keyway.core.session.Session;
import dev.keyway.core.tenancy.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of sessions. */
final class SessionRows {
  private SessionRows() {}

  static Optional<Session> find(Handle handle, String digest) {
    return handle
        .createQuery("SELECT s.* FROM session s WHERE s.digest = :digest")
        .bind("digest", digest)
        .map((row, _) -> session(row))
        .findOne();
  }

  static void insert(Handle handle, Session session) {
    handle
        .createUpdate(
            """
            INSERT INTO session
              (digest, account_id, csrf_token, created_at, last_seen_at, authenticated_at)
            VALUES (:digest, :account, :csrfToken, :createdAt, :lastSeenAt, :authenticatedAt)
            """)
        .bind("digest", session.digest())
        .bind("account", session.account().text())
        .bind("csrfToken", session.csrfToken())
        .bind("createdAt", session.createdAt().toEpochMilli())
        .bind("lastSeenAt", session.lastSeenAt().toEpochMilli())
        .bind("authenticatedAt", session.authenticatedAt().toEpochMilli())
        .execute();
  }

  /** Ends one; whether it was there. */
  static boolean end(Handle handle, String digest) {
    return handle.execute("DELETE FROM session WHERE digest = ?", digest) > 0;
  }

  static void endAll(Handle handle, AccountId account) {
    handle.execute("DELETE FROM session WHERE account_id = ?", account.text());
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getString("digest"),
        new AccountId(row.getString("account_id")),
        row.getString("csrf_token"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "last_seen_at"),
        Columns.instant(row, "authenticated_at"));
  }
}
