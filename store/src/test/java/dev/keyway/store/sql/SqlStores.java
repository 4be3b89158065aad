package dev.keyway.store.sql;

import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.contract.Stores;
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
import java.security.SecureRandom;

/** Every port over one database, for tests. */
public class SqlStores implements Stores {
  private final Database database;

  public SqlStores(Database database) {
    this.database = database;
  }

  public final Database database() {
    return database;
  }

  /** How many rows a table has. */
  public long rows(String table) {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }

  @Override
  public ApiKeyStore apiKeys() {
    return new SqlApiKeyStore(database);
  }

  @Override
  public AccountStore accounts() {
    return new SqlAccountStore(database);
  }

  @Override
  public WorkspaceStore workspaces() {
    return new SqlWorkspaceStore(database);
  }

  @Override
  public ResourceStore resources() {
    return new SqlResourceStore(database);
  }

  @Override
  public OperatorKeyStore operatorKeys() {
    return new SqlOperatorKeyStore(database);
  }

  @Override
  public AuditLog auditLog() {
    return new SqlAuditLog(database);
  }

  @Override
  public ChangeLog changeLog() {
    return new SqlChangeLog(database);
  }

  @Override
  public SessionStore sessions() {
    return new SqlSessionStore(database);
  }

  @Override
  public PasswordStore passwords() {
    return new SqlPasswordStore(database);
  }

  @Override
  public InvitationStore invitations() {
    return new SqlInvitationStore(database);
  }

  @Override
  public IdempotencyStore idempotency() {
    return new SqlIdempotencyStore(database);
  }

  @Override
  public InstallationSecrets secrets() {
    return new SqlInstallationSecrets(database, new SecureRandom());
  }

  @Override
  public SigningKeyStore signingKeys() {
    return new SqlSigningKeyStore(database);
  }

  @Override
  public PrefixStore prefixes() {
    return new SqlPrefixStore(database);
  }

  @Override
  public UsageStore usage() {
    return new SqlUsageStore(database);
  }

  @Override
  public WindowStore windows() {
    return new SqlWindowStore(database);
  }

  @Override
  public void close() {
    database.close();
  }
}
