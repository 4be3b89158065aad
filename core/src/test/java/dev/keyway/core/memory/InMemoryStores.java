package dev.keyway.core.memory;

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

/**
 * Every port in memory, for tests and as the reference of what the ports mean: plain maps under one
 * lock, each call checking everything before it writes anything.
 */
public final class InMemoryStores implements Stores {
  private final Memory memory = new Memory();

  @Override
  public ApiKeyStore apiKeys() {
    return new InMemoryApiKeys(memory);
  }

  @Override
  public AccountStore accounts() {
    return new InMemoryAccounts(memory);
  }

  @Override
  public WorkspaceStore workspaces() {
    return new InMemoryWorkspaces(memory);
  }

  @Override
  public ResourceStore resources() {
    return new InMemoryResources(memory);
  }

  @Override
  public OperatorKeyStore operatorKeys() {
    return new InMemoryOperatorKeys(memory);
  }

  @Override
  public AuditLog auditLog() {
    return new InMemoryAuditLog(memory);
  }

  @Override
  public ChangeLog changeLog() {
    return new InMemoryChangeLog(memory);
  }

  @Override
  public SessionStore sessions() {
    return new InMemorySessions(memory);
  }

  @Override
  public PasswordStore passwords() {
    return new InMemoryPasswords(memory);
  }

  @Override
  public InvitationStore invitations() {
    return new InMemoryInvitations(memory);
  }

  @Override
  public IdempotencyStore idempotency() {
    return new InMemoryIdempotency(memory);
  }

  @Override
  public InstallationSecrets secrets() {
    return new InMemorySecrets(memory);
  }

  @Override
  public SigningKeyStore signingKeys() {
    return new InMemorySigningKeys(memory);
  }

  @Override
  public PrefixStore prefixes() {
    return new InMemoryPrefixes(memory);
  }

  @Override
  public UsageStore usage() {
    return new InMemoryUsage(memory);
  }

  @Override
  public WindowStore windows() {
    return new InMemoryWindows(memory);
  }

  @Override
  public void close() {}
}
