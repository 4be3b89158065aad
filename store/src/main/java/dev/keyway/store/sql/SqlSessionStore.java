package dev.keyway.store.sql;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.session.Session;
import dev.keyway.core.session.SessionStore;
import dev.keyway.core.tenancy.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Sessions in SQL. */
public final class SqlSessionStore implements SessionStore {
  private final Transactions transactions;

  public SqlSessionStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void create(Session session, AuditEvent event) {
    transactions.run(handle -> {
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
      AuditRows.insert(handle, event);
    });
  }

  @Override
  public Optional<Session> find(String digest) {
    return transactions.read(handle ->
        handle
            .createQuery("SELECT s.* FROM session s WHERE s.digest = :digest")
            .bind("digest", digest)
            .map((row, _) -> session(row))
            .findOne());
  }

  @Override
  public void touch(String digest, Instant at) {
    // Calls overtake each other, and the last use must not move back.
    moveForward("last_seen_at", digest, at);
  }

  @Override
  public void reauthenticated(String digest, Instant at) {
    moveForward("authenticated_at", digest, at);
  }

  @Override
  public void end(String digest, AuditEvent event) {
    transactions.run(handle -> {
      handle.execute("DELETE FROM session WHERE digest = ?", digest);
      AuditRows.insert(handle, event);
    });
  }

  @Override
  public void endAll(AccountId account) {
    transactions.run(handle -> SessionRows.endAll(handle, account));
  }

  @Override
  public void forget(Instant createdBefore, Instant lastSeenBefore) {
    transactions.run(handle ->
        handle.execute(
            "DELETE FROM session WHERE created_at < ? OR last_seen_at < ?",
            createdBefore.toEpochMilli(),
            lastSeenBefore.toEpochMilli()));
  }

  private void moveForward(String column, String digest, Instant at) {
    transactions.run(handle ->
        handle
            .createUpdate(
                "UPDATE session SET %1$s = :at WHERE digest = :digest AND %1$s < :at"
                    .formatted(column))
            .bind("at", at.toEpochMilli())
            .bind("digest", digest)
            .execute());
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
