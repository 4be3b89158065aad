package dev.keyway.store.cached;

import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.change.ChangeLog;
import dev.keyway.core.change.ChangeSlots;
import dev.keyway.core.contract.Stores;
import dev.keyway.core.contract.StoresContract;
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
import dev.keyway.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** A store with memory in front of it is still a store. */
class CachedStoresTest extends StoresContract {
  @TempDir static Path folders;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Override
  protected Stores open() {
    var stores = new SqliteStores(folders.resolve(String.valueOf(NUMBER.incrementAndGet())));
    return new Cached(stores, new CachedApiKeyStore(stores.apiKeys(), new ChangeSlots(), 1_000));
  }

  private record Cached(SqliteStores stores, CachedApiKeyStore apiKeys) implements Stores {
    @Override
    public AccountStore accounts() {
      return stores.accounts();
    }

    @Override
    public WorkspaceStore workspaces() {
      return stores.workspaces();
    }

    @Override
    public ResourceStore resources() {
      return stores.resources();
    }

    @Override
    public OperatorKeyStore operatorKeys() {
      return stores.operatorKeys();
    }

    @Override
    public AuditLog auditLog() {
      return stores.auditLog();
    }

    @Override
    public ChangeLog changeLog() {
      return stores.changeLog();
    }

    @Override
    public SessionStore sessions() {
      return stores.sessions();
    }

    @Override
    public PasswordStore passwords() {
      return stores.passwords();
    }

    @Override
    public InvitationStore invitations() {
      return stores.invitations();
    }

    @Override
    public IdempotencyStore idempotency() {
      return stores.idempotency();
    }

    @Override
    public InstallationSecrets secrets() {
      return stores.secrets();
    }

    @Override
    public SigningKeyStore signingKeys() {
      return stores.signingKeys();
    }

    @Override
    public PrefixStore prefixes() {
      return stores.prefixes();
    }

    @Override
    public UsageStore usage() {
      return stores.usage();
    }

    @Override
    public WindowStore windows() {
      return stores.windows();
    }

    @Override
    public void close() {
      stores.close();
    }
  }
}
