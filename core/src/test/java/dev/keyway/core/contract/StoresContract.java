package dev.keyway.core.contract;

import dev.keyway.core.apikey.ApiKeyListContract;
import dev.keyway.core.apikey.ApiKeyRevocationContract;
import dev.keyway.core.apikey.ApiKeySortContract;
import dev.keyway.core.apikey.ApiKeyStoreContract;
import dev.keyway.core.audit.AuditLogContract;
import dev.keyway.core.change.ChangeLogContract;
import dev.keyway.core.idempotency.IdempotencyStoreContract;
import dev.keyway.core.installation.InstallationSecretsContract;
import dev.keyway.core.installation.SigningKeyStoreContract;
import dev.keyway.core.limit.WindowStoreContract;
import dev.keyway.core.operator.OperatorKeyStoreContract;
import dev.keyway.core.product.PrefixStoreContract;
import dev.keyway.core.session.InvitationStoreContract;
import dev.keyway.core.session.PasswordStoreContract;
import dev.keyway.core.session.SessionStoreContract;
import dev.keyway.core.tenancy.AccountRightsContract;
import dev.keyway.core.tenancy.AccountStoreContract;
import dev.keyway.core.tenancy.MembershipContract;
import dev.keyway.core.tenancy.ResourceStoreContract;
import dev.keyway.core.tenancy.WorkspaceStoreContract;
import dev.keyway.core.usage.UsageStoreContract;
import org.junit.jupiter.api.Nested;

/** The whole kit: a store that passes a subclass of this is a store. */
public abstract class StoresContract {

  /** Opens a store that holds nothing; each test closes its own. */
  protected abstract Stores open();

  @Nested
  class ApiKeyStoreTest extends ApiKeyStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class ApiKeyRevocationTest extends ApiKeyRevocationContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class ApiKeyListTest extends ApiKeyListContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class ApiKeySortTest extends ApiKeySortContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class AccountStoreTest extends AccountStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class AccountRightsTest extends AccountRightsContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class WorkspaceStoreTest extends WorkspaceStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class MembershipTest extends MembershipContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class ResourceStoreTest extends ResourceStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class OperatorKeyStoreTest extends OperatorKeyStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class AuditLogTest extends AuditLogContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class ChangeLogTest extends ChangeLogContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class SessionStoreTest extends SessionStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class PasswordStoreTest extends PasswordStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class InvitationStoreTest extends InvitationStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class IdempotencyStoreTest extends IdempotencyStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class InstallationSecretsTest extends InstallationSecretsContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class SigningKeyStoreTest extends SigningKeyStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class PrefixStoreTest extends PrefixStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class UsageStoreTest extends UsageStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }

  @Nested
  class WindowStoreTest extends WindowStoreContract {
    @Override
    protected Stores open() {
      return StoresContract.this.open();
    }
  }
}
