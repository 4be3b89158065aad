package dev.keyway.app.assembly;

import dev.keyway.app.cluster.Cluster;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.history.JournaledConfirmation;
import dev.keyway.app.history.TombstoneJournal;
import dev.keyway.core.UnavailableException;
import dev.keyway.core.apikey.ApiKeyId;
import dev.keyway.core.apikey.DigestStore;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.change.Confirmation;
import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.installation.InstallationSecrets;
import dev.keyway.core.installation.SigningKeyStore;
import dev.keyway.core.limit.WindowStore;
import dev.keyway.core.operator.OperatorKeyStore;
import dev.keyway.core.product.PrefixStore;
import dev.keyway.core.session.InvitationStore;
import dev.keyway.core.session.PasswordStore;
import dev.keyway.core.session.SessionStore;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.ResourceStore;
import dev.keyway.core.tenancy.WorkspaceStore;
import dev.keyway.core.usage.UsageStore;
import dev.keyway.core.verify.VerifiableKeys;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.cached.CachedApiKeyStore;
import dev.keyway.store.postgres.PostgresDatabase;
import dev.keyway.store.postgres.PostgresSettings;
import dev.keyway.store.sql.Database;
import dev.keyway.store.sql.ObservedTransactions;
import dev.keyway.store.sql.SqlAccountStore;
import dev.keyway.store.sql.SqlApiKeyStore;
import dev.keyway.store.sql.SqlAuditLog;
import dev.keyway.store.sql.SqlChangeLog;
import dev.keyway.store.sql.SqlDigestStore;
import dev.keyway.store.sql.SqlIdempotencyStore;
import dev.keyway.store.sql.SqlInstallationSecrets;
import dev.keyway.store.sql.SqlInvitationStore;
import dev.keyway.store.sql.SqlOperatorKeyStore;
import dev.keyway.store.sql.SqlPasswordStore;
import dev.keyway.store.sql.SqlPrefixStore;
import dev.keyway.store.sql.SqlResourceStore;
import dev.keyway.store.sql.SqlSessionStore;
import dev.keyway.store.sql.SqlSigningKeyStore;
import dev.keyway.store.sql.SqlUsageStore;
import dev.keyway.store.sql.SqlWindowStore;
import dev.keyway.store.sql.SqlWorkspaceStore;
import dev.keyway.store.sql.TransactionObserver;
import dev.keyway.store.sql.Transactions;
import dev.keyway.store.sqlite.SqliteDatabase;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The core's ports over one database. The only place that knows which.
 *
 * @param slots where this node applies changes of rights
 * @param verifiable keys from memory, in front of the store
 * @param windows what a lone node has counted; several ask for units instead
 * @param journal what outlasts the database; null where none is kept
 */
public record StoreAssembly(
    Database database,
    ChangeSlots slots,
    ChangeLog changes,
    CachedApiKeyStore keys,
    DigestStore digests,
    PrefixStore prefixes,
    VerifiableKeys verifiable,
    AccountStore accounts,
    WorkspaceStore workspaces,
    ResourceStore resources,
    OperatorKeyStore operatorKeys,
    SessionStore sessions,
    PasswordStore passwords,
    InvitationStore invitations,
    AuditLog audit,
    IdempotencyStore idempotency,
    InstallationSecrets secrets,
    SigningKeyStore signingKeys,
    UsageStore usage,
    WindowStore windows,
    @Nullable TombstoneJournal journal)
    implements AutoCloseable {

  /**
   * Opens the store of an installation. Where only one node can have it open, what was never
   * confirmed before counts from now on: there is no older state to decide on. For the same reason
   * no call with an {@code Idempotency-Key} is still running there.
   *
   * @param observer told of each call of the database
   */
  public static StoreAssembly open(
      StorePlace place,
      int cacheMaxKeys,
      SecureRandom random,
      Instant now,
      TransactionObserver observer) {
    Database database = open(place);
    try {
      // Before anything is read that may be decided on.
      TombstoneJournal journal = Journals.begin(place, database, random);
      var observed = new ObservedTransactions(database, observer);
      return over(database, observed, journal, cacheMaxKeys, random, now);
    } catch (UnavailableException | UnusableDatabaseException e) {
      database.close();
      throw e;
    }
  }

  private static Database open(StorePlace place) {
    PostgresSettings postgres = place.postgres();
    return postgres == null ? SqliteDatabase.open(place.data()) : PostgresDatabase.open(postgres);
  }

  /** The same over an open database, reached in another way than directly. */
  static StoreAssembly over(
      Database database,
      Transactions transactions,
      int cacheMaxKeys,
      SecureRandom random,
      Instant now) {
    return over(database, transactions, null, cacheMaxKeys, random, now);
  }

  private static StoreAssembly over(
      Database database,
      Transactions transactions,
      @Nullable TombstoneJournal journal,
      int cacheMaxKeys,
      SecureRandom random,
      Instant now) {
    var slots = new ChangeSlots();
    var changes = new SqlChangeLog(transactions);
    slots.startAt(changes.head());
    var idempotency = new SqlIdempotencyStore(transactions);
    if (!(database instanceof PostgresDatabase)) {
      changes.markAllEffective(now);
      idempotency.markInterrupted(Instant.ofEpochMilli(Long.MAX_VALUE));
    }
    Consumer<ApiKeyId> made =
        database instanceof PostgresDatabase shared
            ? id -> shared.wakeUps().made(id.toString())
            : _ -> {};
    var keys = new CachedApiKeyStore(new SqlApiKeyStore(transactions), slots, cacheMaxKeys, made);
    return new StoreAssembly(
        database,
        slots,
        changes,
        keys,
        keys.digests(new SqlDigestStore(transactions)),
        new SqlPrefixStore(transactions),
        keys.verifiable(),
        new SqlAccountStore(transactions),
        new SqlWorkspaceStore(transactions),
        new SqlResourceStore(transactions),
        new SqlOperatorKeyStore(transactions),
        new SqlSessionStore(transactions),
        new SqlPasswordStore(transactions),
        new SqlInvitationStore(transactions),
        new SqlAuditLog(transactions),
        idempotency,
        new SqlInstallationSecrets(transactions, random),
        new SqlSigningKeyStore(transactions),
        new SqlUsageStore(transactions),
        new SqlWindowStore(transactions),
        journal);
  }

  /** This node's place among those over the same database. */
  Cluster cluster(SecureRandom random) {
    return database instanceof PostgresDatabase shared
        ? Cluster.over(
            shared,
            new SqlChangeLog(shared.changeReads()),
            journal == null ? Journals.numbers(shared, random) : journal,
            slots,
            keys::madeElsewhere,
            random)
        : Cluster.ofOne(slots);
  }

  /** Who says that a change holds, and is kept. */
  Confirmation confirmation(Cluster cluster) {
    return journal == null
        ? cluster.confirmation()
        : new JournaledConfirmation(cluster.confirmation(), journal);
  }

  /** Whether changes can be written, as far as is known. */
  boolean isWritable() {
    return database.isWritable();
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
    database.close();
  }
}
