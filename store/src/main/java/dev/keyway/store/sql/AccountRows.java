package dev.keyway.store.sql;

import dev.keyway.core.Cursor;
import dev.keyway.core.Texts;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of accounts; those of deleted ones are kept and never shown. */
final class AccountRows {
  static final Listing<Account> LISTING =
      Listing.newestFirst(
          "SELECT a.* FROM account a",
          "a.created_at",
          "a.id",
          (row, _) -> account(row),
          account -> new Cursor(account.createdAt(), account.id().text()));

  private AccountRows() {}

  /** The accounts that fulfil the conditions, on {@code account a}. */
  static List<Account> find(Handle handle, Conditions conditions) {
    conditions.and("a.status != 'deleted'");
    return conditions
        .bindTo(handle.createQuery("SELECT a.* FROM account a WHERE " + conditions.sql()))
        .map((row, _) -> account(row))
        .list();
  }

  static Optional<Account> find(Handle handle, AccountId id) {
    return find(handle, only(id)).stream().findFirst();
  }

  static Conditions only(AccountId id) {
    return new Conditions().and("a.id = :id", "id", id.text());
  }

  static void insert(Handle handle, Account account) {
    handle
        .createUpdate(
            """
            INSERT INTO account (id, product, email, email_key, name, external_id, status,
              created_at, version)
            VALUES (:id, :product, :email, :emailKey, :name, :externalId, :status,
              :createdAt, :version)
            """)
        .bind("id", account.id().text())
        .bind("product", account.product())
        .bind("email", account.email())
        .bind("emailKey", Texts.folded(account.email()))
        .bind("name", account.name())
        .bind("externalId", account.externalId())
        .bind("status", account.status().text())
        .bind("createdAt", account.createdAt().toEpochMilli())
        .bind("version", account.version())
        .execute();
  }

  /** Changes name, e-mail and status. */
  static void update(Handle handle, Account account) {
    handle
        .createUpdate(
            """
            UPDATE account SET email = :email, email_key = :emailKey, name = :name,
              status = :status, version = version + 1
            WHERE id = :id
            """)
        .bind("email", account.email())
        .bind("emailKey", Texts.folded(account.email()))
        .bind("name", account.name())
        .bind("status", account.status().text())
        .bind("id", account.id().text())
        .execute();
  }

  static Account account(ResultSet row) throws SQLException {
    return new Account(
        new AccountId(row.getString("id")),
        row.getString("product"),
        row.getString("email"),
        row.getString("name"),
        row.getString("external_id"),
        Columns.constant(Account.Status.class, row, "status"),
        Columns.instant(row, "created_at"),
        row.getLong("version"));
  }
}
