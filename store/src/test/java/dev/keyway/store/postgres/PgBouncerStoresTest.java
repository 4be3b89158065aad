package dev.keyway.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.apikey.ApiKeyStoreContract;
import dev.keyway.core.change.ChangeLogContract;
import dev.keyway.core.contract.Stores;
import dev.keyway.core.limit.WindowStoreContract;
import dev.keyway.core.tenancy.AccountRightsContract;
import dev.keyway.core.usage.UsageStoreContract;
import dev.keyway.store.sql.SqlStores;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Nothing depends on a session: PgBouncer hands each transaction to another one. */
class PgBouncerStoresTest {
  private static PgBouncer bouncer;
  private static PostgresSettings direct;
  private static PostgresDatabase database;

  @BeforeAll
  static void start() {
    bouncer = new PgBouncer(PostgresServer.shared());
    direct = PostgresServer.shared().make();
    database = PostgresDatabase.open(bouncer.through(direct));
  }

  @AfterAll
  static void stop() {
    database.close();
    bouncer.close();
  }

  private static Stores open() {
    PostgresServer.empty(direct);
    return new Opened();
  }

  /** Closed when all tests are through. */
  private static final class Opened extends SqlStores {
    Opened() {
      super(database);
    }

    @Override
    public void close() {
      // The next test empties it.
    }
  }

  @Test
  void sessions_ofTheServer_areLeftAsTheyWere() {
    database.run(handle -> handle.execute("UPDATE epoch SET head = head + 1"));

    List<String> settings =
        database.read(handle ->
            handle
                .createQuery(
                    """
                    SELECT name || '=' || setting FROM pg_settings WHERE source = 'session'
                      AND name IN ('lock_timeout', 'statement_timeout', 'synchronous_commit',
                        'idle_in_transaction_session_timeout', 'default_transaction_isolation',
                        'default_transaction_read_only', 'extra_float_digits')
                    """)
                .mapTo(String.class)
                .list());
    assertThat(settings).isEmpty();
  }

  @Nested
  class ApiKeyStoreTest extends ApiKeyStoreContract {
    @Override
    protected Stores open() {
      return PgBouncerStoresTest.open();
    }
  }

  @Nested
  class AccountRightsTest extends AccountRightsContract {
    @Override
    protected Stores open() {
      return PgBouncerStoresTest.open();
    }
  }

  @Nested
  class ChangeLogTest extends ChangeLogContract {
    @Override
    protected Stores open() {
      return PgBouncerStoresTest.open();
    }
  }

  @Nested
  class UsageStoreTest extends UsageStoreContract {
    @Override
    protected Stores open() {
      return PgBouncerStoresTest.open();
    }
  }

  @Nested
  class WindowStoreTest extends WindowStoreContract {
    @Override
    protected Stores open() {
      return PgBouncerStoresTest.open();
    }
  }
}
