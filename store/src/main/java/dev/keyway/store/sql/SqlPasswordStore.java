package dev.keyway.store.sql;

import dev.keyway.core.Texts;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.session.PasswordStore;
import dev.keyway.core.session.Session;
import dev.keyway.core.tenancy.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hashes of passwords in SQL, in the accounts' rows. */
public final class SqlPasswordStore implements PasswordStore {
  private final Transactions transactions;

  public SqlPasswordStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Holder> findByEmail(String email) {
    return transactions.read(handle ->
        handle
            .createQuery(
                """
                SELECT a.* FROM account a
                WHERE a.email_key = :email AND a.status != 'deleted'
                ORDER BY a.created_at, a.id
                """)
            .bind("email", Texts.folded(email))
            .map((row, _) -> new Holder(AccountRows.account(row), row.getString("password_hash")))
            .list());
  }

  @Override
  public @Nullable String hash(AccountId id) {
    return transactions.read(handle -> PasswordRows.hash(handle, id));
  }

  @Override
  public void set(AccountId id, String hash, AuditEvent event) {
    transactions.run(handle -> {
      PasswordRows.set(handle, id, hash);
      AuditRows.insert(handle, event);
    });
  }

  @Override
  public boolean change(String from, String to, Session current, Session next, AuditEvent event) {
    return transactions.write(handle -> {
      boolean mayChange =
          PasswordRows.isCurrent(handle, next.account(), from)
              && SessionRows.find(handle, current.digest()).isPresent();
      if (mayChange) {
        PasswordRows.set(handle, next.account(), to);
        SessionRows.insert(handle, next);
        AuditRows.insert(handle, event);
      }
      return mayChange;
    });
  }
}
