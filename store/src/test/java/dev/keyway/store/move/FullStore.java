package dev.keyway.store.move;

import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.contract.World;
import dev.keyway.core.limit.CountedBy;
import dev.keyway.core.limit.CountedSubject;
import dev.keyway.core.limit.WindowStore.Admissions;
import dev.keyway.core.limit.WindowStore.QuotaUse;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.operator.Right;
import dev.keyway.core.session.Invitation;
import dev.keyway.core.session.Session;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.usage.UsageStore.ClientUse;
import dev.keyway.core.usage.UsageStore.HourUse;
import dev.keyway.core.usage.UsageStore.RefusalCount;
import dev.keyway.store.sql.SqlDigestStore;
import dev.keyway.store.sql.SqlStores;
import dev.keyway.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A SQLite store with every kind of row in every table, closed in order.
 *
 * @param limited what limits counted
 */
record FullStore(
    Account owner, Workspace workspace, ApiKey living, ApiKey revoked, CountedSubject limited) {
  /** Of a table that needs several transactions to copy. */
  static final int USED_KEYS = 2 * TableCopy.BATCH + 500;

  private static final Instant HOUR = World.START.truncatedTo(ChronoUnit.HOURS);

  static FullStore make(Path folder) {
    try (var stores = new SqliteStores(folder)) {
      var world = new World(stores);
      Account owner = world.account("memo");
      Workspace workspace = world.workspace(owner);
      Account member = world.account("memo");
      world.join(workspace, member, Role.MEMBER);
      var _ = world.resource(workspace);
      var _ = world.resource(owner);
      ApiKey living = world.key(owner).in(workspace).name("Caf\u00e9 \ud83e\udd16").draft();
      if (!stores.apiKeys().create(living, 10, world.event())) {
        throw new AssertionError("no slot");
      }
      ApiKey revoked = world.key(owner).expiresAt(World.START.plusSeconds(9_000)).add();
      var _ = stores.apiKeys().revoke(revoked.id(), world.tick(), Precondition.NONE, world.event());
      var _ = world.key(member).in(workspace).add();
      var _ = stores.accounts().delete(member.id(), world.tick(), Precondition.NONE, world.event());
      stores.passwords().set(owner.id(), "$hash", world.event());
      var _ = stores.sessions().create(session(owner), "$hash", world.event());
      var _ =
          stores
              .invitations()
              .create(
                  new Invitation("invited", owner.id(), world.now().plusSeconds(9)), world.event());
      operatorKeys(stores, world);
      var subject = new CountedSubject("data", CountedBy.KEY, living.id().toString());
      use(stores, living, subject);
      rest(stores);
      return new FullStore(owner, workspace, living, revoked, subject);
    }
  }

  private static Session session(Account owner) {
    return new Session("signed-in", owner.id(), "csrf", HOUR, HOUR, HOUR);
  }

  private static void operatorKeys(SqlStores stores, World world) {
    var id = new OperatorKeyId("opk_1");
    var digest = new KeyDigest(KeyDigest.NO_PEPPER, new byte[32]);
    stores
        .operatorKeys()
        .create(
            new OperatorKey(id, "backend", Set.of(Right.READ), Set.of(), digest, HOUR, null),
            world.event());
  }

  private static void use(SqlStores stores, ApiKey key, CountedSubject subject) {
    var client = new ClientUse("Client/1", "192.0.2.0/24", HOUR, HOUR, 3);
    var unnamed = new ClientUse(null, "192.0.2.0/24", HOUR, HOUR, 4);
    stores.usage().used(Map.of(key.id(), HOUR));
    stores.usage().counted(List.of(new HourUse(key.id(), HOUR, 7, List.of(client, unnamed))));
    stores
        .usage()
        .refused(List.of(new RefusalCount(key.id(), "expired", "198.51.100.0/24", HOUR, 2)));
    var _ = stores.windows().begin(0, 1_000);
    stores
        .windows()
        .write(
            List.of(
                new Admissions(subject, 5_000, 60_000, 3, 0),
                new Admissions(subject, 5_000, 60_000, 3, 0),
                new QuotaUse(subject, 0, 86_400_000, 5, 0)));
    // As after a crash: the gap is written down.
    var _ = stores.windows().begin(10, 2_000);
    stores.windows().end();
  }

  private static void rest(SqlStores stores) {
    var _ = stores.idempotency().begin("acc_1", "Call", "print", HOUR);
    stores.idempotency().complete("acc_1", "Call", 201, "{\"name\":\"caf\u00e9\"}");
    var _ = stores.secrets().get("csrf");
    var _ = stores.prefixes().note(Map.of("memo", "mem_"), HOUR);
    var _ =
        new SqlDigestStore(stores.database()).noteMarks(Map.of(1, new byte[] {0, -1}), Set.of());
    // In an order that words of no language have.
    for (String id : List.of("_", "B", "a", "b", "A", "\u00e4", "z", "\uff21", "\ud83e\udd16")) {
      stores.signingKeys().publish(id, "{}", HOUR);
    }
    stores
        .database()
        .run(handle ->
            handle.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                INSERT INTO key_usage SELECT printf('key_u%011d', i), i FROM n
                """,
                USED_KEYS));
  }
}
