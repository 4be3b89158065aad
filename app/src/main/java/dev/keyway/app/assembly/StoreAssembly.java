package dev.keyway.app.assembly;

import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.apikey.DigestStore;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.idempotency.IdempotencyStore;
import dev.keyway.core.installation.InstallationSecrets;
import dev.keyway.core.limit.WindowStore;
import dev.keyway.core.operator.OperatorKeyStore;
import dev.keyway.core.session.InvitationStore;
import dev.keyway.core.session.PasswordStore;
import dev.keyway.core.session.SessionStore;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.ResourceStore;
import dev.keyway.core.tenancy.WorkspaceStore;
import dev.keyway.core.usage.UsageStore;
import dev.keyway.core.verify.VerifiableKeys;
import dev.keyway.store.cached.CachedApiKeyStore;
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
import dev.keyway.store.sql.SqlResourceStore;
import dev.keyway.store.sql.SqlSessionStore;
import dev.keyway.store.sql.SqlUsageStore;
import dev.keyway.store.sql.SqlWindowStore;
import dev.keyway.store.sql.SqlWorkspaceStore;
import dev.keyway.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * The core's ports over one SQLite file. The only place that names a database.
 *
 * @param slots where this node applies changes of rights
 * @param verifiable keys from memory, in front of the store
 */
public record StoreAssembly(
    SqliteDatabase database,
    ChangeSlots slots,
    ChangeLog changes,
    ApiKeyStore keys,
    DigestStore digests,
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
    UsageStore usage,
    WindowStore windows)
    implements AutoCloseable {

  /**
   * Opens the store of a folder and makes what was never confirmed before count from now on: a node
   * that starts alone has no older state to decide on. For the same reason no call with an {@code
   * Idempotency-Key} is still running.
   */
  public static StoreAssembly open(
      Path folder, int cacheMaxKeys, SecureRandom random, Instant now) {
    SqliteDatabase database = SqliteDatabase.open(folder);
    var slots = new ChangeSlots();
    var changes = new SqlChangeLog(database);
    slots.startAt(changes.head());
    changes.markAllEffective(now);
    var idempotency = new SqlIdempotencyStore(database);
    idempotency.markInterrupted();
    var keys = new CachedApiKeyStore(new SqlApiKeyStore(database), slots, cacheMaxKeys);
    return new StoreAssembly(
        database,
        slots,
        changes,
        keys,
        keys.digests(new SqlDigestStore(database)),
        keys.verifiable(),
        new SqlAccountStore(database),
        new SqlWorkspaceStore(database),
        new SqlResourceStore(database),
        new SqlOperatorKeyStore(database),
        new SqlSessionStore(database),
        new SqlPasswordStore(database),
        new SqlInvitationStore(database),
        new SqlAuditLog(database),
        idempotency,
        new SqlInstallationSecrets(database, random),
        new SqlUsageStore(database),
        new SqlWindowStore(database));
  }

  @Override
  public void close() {
    database.close();
  }
}
