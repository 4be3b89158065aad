package dev.keyway.store.sql;

import dev.keyway.core.Page;
import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.Texts;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Change.Direction;
import dev.keyway.core.change.Entity;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountId;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.Deletion;
import dev.keyway.core.tenancy.Membership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Accounts in SQL. */
public final class SqlAccountStore implements AccountStore {
  private final Transactions transactions;

  public SqlAccountStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Created create(Account account, AuditEvent event) {
    return transactions.write(handle -> {
      if (hasEmail(handle, account)) {
        return Created.EMAIL_TAKEN;
      }
      String externalId = account.externalId();
      if (externalId != null
          && !AccountRows.find(handle, external(account.product(), externalId)).isEmpty()) {
        return Created.EXTERNAL_ID_TAKEN;
      }
      AccountRows.insert(handle, account);
      AuditRows.insert(handle, event);
      return Created.OK;
    });
  }

  @Override
  public Optional<Account> find(AccountId id) {
    return transactions.read(handle -> AccountRows.find(handle, id));
  }

  @Override
  public Optional<Account> findByExternalId(String product, String externalId) {
    Conditions conditions = external(product, externalId);
    return transactions.read(handle -> AccountRows.find(handle, conditions).stream().findFirst());
  }

  @Override
  public Page<Account> list(Set<String> products, @Nullable String externalId, PageRequest page) {
    var conditions = new Conditions().and("a.status != 'deleted'");
    conditions.inUnlessEmpty("a.product", "products", products);
    if (externalId != null) {
      conditions.and("a.external_id = :externalId", "externalId", externalId);
    }
    return transactions.read(handle -> AccountRows.LISTING.page(handle, conditions, page));
  }

  @Override
  public Updated update(
      AccountId id, Patch patch, Instant at, Precondition precondition, AuditEvent event) {
    return transactions.write(handle -> {
      Optional<Account> found = AccountRows.find(handle, id);
      if (found.isEmpty()) {
        return new Updated(Updated.Outcome.NOT_FOUND, null, null);
      }
      Account account = patch.over(found.get());
      checkVersion(precondition, patch, found.get());
      if (hasEmail(handle, account)) {
        return new Updated(Updated.Outcome.EMAIL_TAKEN, null, null);
      }
      AccountRows.update(handle, account);
      if (!account.email().equals(found.get().email())) {
        InvitationRows.endAll(handle, id);
      }
      AuditRows.insert(handle, event);
      Change change = changeOfStatus(handle, found.get(), patch.status(), at);
      Account now = AccountRows.find(handle, id).orElseThrow();
      return new Updated(Updated.Outcome.OK, now, change);
    });
  }

  @Override
  public Optional<Change> delete(
      AccountId id, Instant at, Precondition precondition, AuditEvent event) {
    return transactions.write(handle ->
        AccountRows.find(handle, id)
            .map(account -> {
              precondition.check(account.version());
              requireOtherOwners(handle, id);
              Change change = delete(handle, id, at);
              AuditRows.insert(handle, event);
              return change;
            })
            .or(() -> Deletions.OF_ACCOUNT.find(handle, id.text()).map(Deletion::change)));
  }

  @Override
  public Optional<Deletion> deletionOf(AccountId id) {
    return transactions.read(handle -> Deletions.OF_ACCOUNT.find(handle, id.text()));
  }

  /** A change of status may be a repetition of one that nothing confirmed. */
  private static void checkVersion(Precondition precondition, Patch patch, Account before) {
    if (patch.status() == null) {
      precondition.check(before.version());
    } else {
      precondition.check(before.version(), before, patch.over(before));
    }
  }

  /** Whether another account of the product has the e-mail. */
  private static boolean hasEmail(Handle handle, Account account) {
    Conditions conditions =
        email(account.email())
            .and("a.product = :product", "product", account.product())
            .and("a.id != :id", "id", account.id().text());
    return !AccountRows.find(handle, conditions).isEmpty();
  }

  private static Conditions email(String email) {
    return new Conditions().and("a.email_key = :email", "email", Texts.folded(email));
  }

  private static Conditions external(String product, String externalId) {
    return new Conditions()
        .and("a.product = :product", "product", product)
        .and("a.external_id = :externalId", "externalId", externalId);
  }

  private static @Nullable Change changeOfStatus(
      Handle handle, Account before, Account.@Nullable Status wanted, Instant at) {
    boolean suspends = wanted == Account.Status.SUSPENDED;
    if (wanted == null || (!suspends && before.status() == wanted)) {
      return null;
    }
    int affected = suspends ? endWithSuspension(handle, before.id(), at) : 0;
    return Changes.write(
        handle,
        suspends ? Direction.NARROWS : Direction.WIDENS,
        at,
        affected,
        List.of(new Entity(Entity.Kind.ACCOUNT, before.id().text())));
  }

  /** Ends what does not outlast a suspension, and returns how many active keys that were. */
  static int endWithSuspension(Handle handle, AccountId id, Instant at) {
    SessionRows.endAll(handle, id);
    InvitationRows.endAll(handle, id);
    return KeyEnds.deactivate(handle, keysOf(id), at).active();
  }

  static Change delete(Handle handle, AccountId id, Instant at) {
    var resources = new Conditions().and("r.account_id = :account", "account", id.text());
    var keys =
        new Conditions()
            .and(
                """
                (k.created_by = :account
                 OR (k.scope_kind = 'account' AND k.scope_id = :account)
                 OR (k.scope_kind = 'resource' AND k.scope_id IN
                   (SELECT r.id FROM resource r
                     WHERE r.account_id = :account AND r.deleted_at IS NULL)))
                """,
                "account",
                id.text());
    KeyEnds.Found ended = KeyEnds.deactivate(handle, keys, at);
    var entities = new ArrayList<Entity>();
    entities.add(new Entity(Entity.Kind.ACCOUNT, id.text()));
    entities.addAll(ResourceRows.living(handle, resources));
    Change change = Changes.write(handle, Direction.NARROWS, at, ended.active(), entities);
    ResourceRows.delete(handle, resources, change);
    MembershipRows.end(handle, MembershipRows.by(id), at);
    SessionRows.endAll(handle, id);
    InvitationRows.endAll(handle, id);
    handle.execute(
        "UPDATE account SET status = 'deleted', deleted_seq = ?, password_hash = NULL,"
            + " version = version + 1 WHERE id = ?",
        change.seq(),
        id.text());
    return change;
  }

  private static void requireOtherOwners(Handle handle, AccountId id) {
    for (Membership membership : MembershipRows.of(handle, id)) {
      membership.requireAnotherOwner(MembershipRows.of(handle, membership.workspace()));
    }
  }

  private static Conditions keysOf(AccountId id) {
    return new Conditions().and("k.created_by = :account", "account", id.text());
  }
}
