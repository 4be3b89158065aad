package dev.keyway.store.sql;

import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.session.Invitation;
import dev.keyway.core.session.InvitationStore;
import dev.keyway.core.tenancy.AccountId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Invitations in SQL: an accepted one is a row less, so that it cannot be accepted twice. */
public final class SqlInvitationStore implements InvitationStore {
  private final Transactions transactions;

  public SqlInvitationStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean create(Invitation invitation, AuditEvent event) {
    return transactions.write(handle -> {
      boolean isActive = PasswordRows.isActive(handle, invitation.account());
      if (isActive) {
        InvitationRows.endAll(handle, invitation.account());
        insert(handle, invitation);
        AuditRows.insert(handle, event);
      }
      return isActive;
    });
  }

  @Override
  public Optional<Invitation> find(String digest) {
    return transactions.read(handle -> find(handle, digest));
  }

  @Override
  public boolean accept(String digest, Instant at, String hash, AuditEvent event) {
    return transactions.write(handle -> {
      Optional<AccountId> invited =
          find(handle, digest)
              .filter(invitation -> invitation.isOpenAt(at))
              .map(Invitation::account)
              .filter(account -> PasswordRows.isActive(handle, account));
      invited.ifPresent(account -> {
        PasswordRows.set(handle, account, hash);
        AuditRows.insert(handle, event);
      });
      return invited.isPresent();
    });
  }

  @Override
  public void forget(Instant expiredBefore) {
    transactions.run(handle ->
        handle.execute(
            "DELETE FROM invitation WHERE expires_at < ?", expiredBefore.toEpochMilli()));
  }

  private static void insert(Handle handle, Invitation invitation) {
    handle.execute(
        "INSERT INTO invitation (digest, account_id, expires_at) VALUES (?, ?, ?)",
        invitation.digest(),
        invitation.account().text(),
        invitation.expiresAt().toEpochMilli());
  }

  private static Optional<Invitation> find(Handle handle, String digest) {
    return handle
        .createQuery("SELECT i.* FROM invitation i WHERE i.digest = :digest")
        .bind("digest", digest)
        .map((row, _) ->
            new Invitation(
                row.getString("digest"),
                new AccountId(row.getString("account_id")),
                Columns.instant(row, "expires_at")))
        .findOne();
  }
}
