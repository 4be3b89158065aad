package dev.keyway.core.contract;

import dev.keyway.core.apikey.ApiKeyStore;
import dev.keyway.core.audit.AuditLog;
import dev.keyway.core.change.ChangeLog;
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

/** All ports over one store. Closed after each test. */
public interface Stores extends AutoCloseable {
  ApiKeyStore apiKeys();

  AccountStore accounts();

  WorkspaceStore workspaces();

  ResourceStore resources();

  OperatorKeyStore operatorKeys();

  AuditLog auditLog();

  ChangeLog changeLog();

  SessionStore sessions();

  PasswordStore passwords();

  InvitationStore invitations();

  IdempotencyStore idempotency();

  InstallationSecrets secrets();

  SigningKeyStore signingKeys();

  PrefixStore prefixes();

  UsageStore usage();

  WindowStore windows();

  @Override
  void close();
}
