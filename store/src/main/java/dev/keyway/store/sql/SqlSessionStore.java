package dev.keyway.store.sql;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.session.Session;
import dev.keyway.core.session.SessionStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions in SQL. */
public final class SqlSessionStore implements SessionStore {
  private final Transactions transactions;

  public SqlSessionStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean create(Session session, @Nullable String passwordHash, AuditEvent event) {
    return transactions.write(handle -> {
      boolean mayBegin = PasswordRows.isCurrent(handle, session.account(), passwordHash);
      if (mayBegin) {
        SessionRows.insert(handle, session);
        AuditRows.insert(handle, event);
      }
      return mayBegin;
    });
  }

  @Override
  public Optional<Session> find(String digest) {
    return transactions.read(handle -> SessionRows.find(handle, digest));
  }

  @Override
  public void touch(String digest, Instant at) {
    // Calls overtake each other, and the last use must not move back.
    transactions.run(handle ->
        handle
            .createUpdate(
                "UPDATE session SET last_seen_at = :at"
                    + " WHERE digest = :digest AND last_seen_at < :at")
            .bind("at", at.toEpochMilli())
            .bind("digest", digest)
            .execute());
  }

  @Override
  public boolean replace(
      Session current, Session next, @Nullable String passwordHash, AuditEvent event) {
    return transactions.write(handle -> {
      boolean mayGoOn =
          PasswordRows.isCurrent(handle, next.account(), passwordHash)
              && SessionRows.end(handle, current.digest());
      if (mayGoOn) {
        SessionRows.insert(handle, next);
        AuditRows.insert(handle, event);
      }
      return mayGoOn;
    });
  }

  @Override
  public void end(String digest, AuditEvent event) {
    transactions.run(handle -> {
      var _ = SessionRows.end(handle, digest);
      AuditRows.insert(handle, event);
    });
  }

  @Override
  public void forget(Instant createdBefore, Instant lastSeenBefore) {
    transactions.run(handle ->
        handle.execute(
            "DELETE FROM session WHERE created_at < ? OR last_seen_at < ?",
            createdBefore.toEpochMilli(),
            lastSeenBefore.toEpochMilli()));
  }
}
