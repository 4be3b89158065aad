package dev.keyway.store.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.audit.Actor;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.contract.World;
import dev.keyway.store.Observation.Weight;
import dev.keyway.store.UnusableDatabaseException;
import dev.keyway.store.move.Progress.Step;
import dev.keyway.store.postgres.PgBouncer;
import dev.keyway.store.postgres.PostgresDatabase;
import dev.keyway.store.postgres.PostgresExamination;
import dev.keyway.store.postgres.PostgresServer;
import dev.keyway.store.postgres.PostgresSettings;
import dev.keyway.store.sql.SqlStores;
import dev.keyway.store.sqlite.Backup;
import dev.keyway.store.sqlite.Restore;
import dev.keyway.store.sqlite.SqliteDatabase;
import dev.keyway.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Progress QUIET = (_, _, _, _) -> {};

  @TempDir Path folder;
  private Path data;
  private FullStore full;
  private PostgresSettings target;

  @BeforeEach
  void fill() {
    data = folder.resolve("data");
    full = FullStore.make(data);
    target = PostgresServer.shared().make();
  }

  @Test
  void move_everyKindOfRow_isReadThroughThePorts() {
    long head = head();

    Moved moved = move();

    assertThat(moved.rows()).isGreaterThan(FullStore.USED_KEYS);
    assertThat(moved.contents().lastChange()).isEqualTo(head);
    try (var stores = new SqlStores(PostgresDatabase.open(target))) {
      assertThat(stores.apiKeys().find(full.living().id()).orElseThrow().key())
          .usingRecursiveComparison()
          .isEqualTo(full.living());
      assertThat(stores.apiKeys().find(full.revoked().id()).orElseThrow().key().revokedAt())
          .isNotNull();
      assertThat(stores.accounts().find(full.owner().id())).contains(full.owner());
      assertThat(stores.workspaces().find(full.workspace().id())).contains(full.workspace());
      assertThat(stores.sessions().find("signed-in")).isPresent();
      assertThat(stores.passwords().hash(full.owner().id())).isEqualTo("$hash");
      assertThat(stores.windows().quota(full.limited()).orElseThrow().used()).isEqualTo(5);
      assertThat(stores.windows().read(full.limited(), 0).passed()).hasSize(2);
      assertThat(stores.usage().clients(full.living().id())).hasSize(2);
      assertThat(stores.changeLog().head()).isEqualTo(head);
      assertThat(stores.rows("audit_event WHERE action = 'store.move'")).isEqualTo(1);
      assertThat(stores.rows("epoch WHERE lease_ms = 30000")).as("its own").isEqualTo(1);
      long next =
          stores
              .apiKeys()
              .revoke(
                  full.living().id(),
                  NOW,
                  Precondition.NONE,
                  new World(stores).event("key.revoke", AuditEvent.Subject.NONE))
              .orElseThrow()
              .seq();
      assertThat(next).isEqualTo(head + 1);
    }
  }

  @Test
  void move_cutOffAnywhere_goesOnUntilItIsThrough() {
    int cuts = 0;
    Moved moved = null;
    while (moved == null) {
      try {
        moved = Move.run(data, target, cutAfter(2 * cuts), event());
      } catch (CutException e) {
        cuts++;
        assertThatThrownBy(() -> PostgresDatabase.open(target))
            .isInstanceOf(UnusableDatabaseException.class)
            .hasMessageContaining("migrate-store");
        assertThat(PostgresExamination.of(target))
            .anyMatch(
                one -> one.weight() == Weight.PROBLEM && one.text().contains("migrate-store"));
      }
    }
    assertThat(cuts).isGreaterThan(20);
    assertThat(moved.rows()).isGreaterThan(FullStore.USED_KEYS);
    assertThat(move().wasDone()).isTrue();
    try (var stores = new SqlStores(PostgresDatabase.open(target))) {
      assertThat(stores.rows("key_usage")).isEqualTo(FullStore.USED_KEYS + 1);
      assertThat(stores.rows("audit_event WHERE action = 'store.move'")).isEqualTo(1);
    }
  }

  /** Stands where a kill would. */
  private static final class CutException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Cuts a move off once it has reported so often what it did to the target. */
  private static Progress cutAfter(int reports) {
    var seen = new AtomicInteger();
    return (step, _, _, _) -> {
      if (step != Step.READ && seen.getAndIncrement() == reports) {
        throw new CutException();
      }
    };
  }

  @Test
  void move_cutOffJustBeforeItsEnd_leavesNoStoreThatStarts() {
    // The last transaction fails: the trail has a row of that name.
    AuditEvent unwritable = event(firstOfTheTrail());
    assertThatThrownBy(() -> Move.run(data, target, QUIET, unwritable))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("run it again");
    assertThatThrownBy(() -> PostgresDatabase.open(target))
        .isInstanceOf(UnusableDatabaseException.class);
    assertThatThrownBy(() -> SqliteDatabase.open(data))
        .isInstanceOf(UnusableDatabaseException.class);

    assertThat(move().wasDone()).isFalse();
    PostgresDatabase.open(target).close();
  }

  private String firstOfTheTrail() {
    try (var stores = new SqliteStores(data)) {
      return stores
          .database()
          .read(handle ->
              handle.createQuery("SELECT MIN(id) FROM audit_event").mapTo(String.class).one());
    }
  }

  @Test
  void move_behindAPoolerOfTransactions_works() {
    try (var pooler = new PgBouncer(PostgresServer.shared())) {
      Moved moved = Move.run(data, pooler.through(target), QUIET, event());
      assertThat(moved.wasDone()).isFalse();
    }
    PostgresDatabase.open(target).close();
  }

  @Test
  void move_largeRows_goFewAtATime() {
    try (var stores = new SqliteStores(data)) {
      stores
          .database()
          .run(handle ->
              handle.execute(
                  """
                  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3)
                  INSERT INTO idempotency
                  SELECT 'large', 'call-' || i, 'print', 1, 200, printf('%.*c', ?, 'x') FROM n
                  """,
                  TableCopy.MOST_WEIGHT / 2 + 1));
    }
    var reported = new ArrayList<Long>();
    Progress progress =
        (step, table, rows, _) -> {
          if (step == Step.COPIED && table.equals("idempotency")) {
            reported.add(rows);
          }
        };

    var _ = Move.run(data, target, progress, event());

    assertThat(reported).as("acc_1 and two, then one").containsExactly(0L, 3L, 4L);
  }

  @Test
  void source_afterTheMove_saysWhereItWentAndComesBackByRestore() {
    var _ = move();
    assertThatThrownBy(() -> SqliteDatabase.open(data))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining(target.url())
        .hasMessageContaining("keyway restore");

    target = PostgresServer.shared().make();
    assertRefused("was moved to");

    Path copy = folder.resolve("copy");
    Backup.Written written = Backup.write(data, copy, NOW.plusSeconds(3_600));
    assertThat(written.takenAt()).as("it knows nothing of what came later").isEqualTo(NOW);
    Path back = folder.resolve("back");
    assertThat(back.toFile().mkdir()).isTrue();
    Restore.Restored restored = Restore.run(copy, back, NOW, _ -> event("aud_restore"));
    assertThat(restored.nextChange()).isGreaterThan(restored.backedUp().lastChange() + 1_000_000);
    try (var stores = new SqliteStores(back)) {
      assertThat(stores.apiKeys().find(full.living().id())).isPresent();
    }
  }

  @Test
  void target_thatGoesAwayMeanwhile_isGoneOnWith() {
    Progress ending =
        (step, table, rows, _) -> {
          if (step == Step.COPIED && table.equals("key_usage") && rows == TableCopy.BATCH) {
            PostgresServer.execute(
                target,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
          }
        };
    assertThatThrownBy(() -> Move.run(data, target, ending, event()))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("run it again");

    assertThat(move().wasDone()).isFalse();
  }

  @Test
  void target_thatWasUsed_isRefusedAndLeftAlone() {
    try (var stores = new SqlStores(PostgresDatabase.open(target))) {
      var _ = new World(stores).account("memo");
    }
    assertRefused("not empty");
    PostgresDatabase.open(target).close();
    SqliteDatabase.open(data).close();
  }

  @Test
  void target_ofAnotherStore_isRefused() {
    var _ = move();
    data = folder.resolve("another");
    var _ = FullStore.make(data);
    assertRefused("another store");
  }

  @Test
  void source_thatWasUsedInBetween_isRefused() {
    assertThatThrownBy(() -> Move.run(data, target, cutAfter(40), event()))
        .isInstanceOf(CutException.class);
    try (var stores = new SqliteStores(data)) {
      var _ = new World(stores).tick();
      stores.usage().used(Map.of(full.living().id(), NOW));
    }
    assertRefused("before it was used again");
  }

  @Test
  void source_thatDidNotEndInOrder_isRefused() {
    try (var stores = new SqliteStores(data)) {
      var _ = stores.windows().begin(20, 3_000);
    }
    assertRefused("not closed in order");
  }

  @Test
  void source_withAValueOfAnotherKind_isRefused() {
    try (var stores = new SqliteStores(data)) {
      stores
          .database()
          .run(handle -> handle.execute("UPDATE account SET name = 'a' || char(0) || 'b'"));
    }
    assertRefused("account.name");
  }

  @Test
  void target_thatAnotherWritesTo_isFoundOut() {
    Progress meddling =
        (step, table, _, _) -> {
          if (step == Step.COPIED && table.equals("workspace")) {
            PostgresServer.execute(target, "UPDATE account SET name = 'changed'");
          }
        };
    assertThatThrownBy(() -> Move.run(data, target, meddling, event()))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("account is not the same");
    SqliteDatabase.open(data).close();
  }

  private void assertRefused(String why) {
    assertThatThrownBy(this::move)
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining(why);
  }

  private Moved move() {
    return Move.run(data, target, QUIET, event());
  }

  private long head() {
    try (var stores = new SqliteStores(data)) {
      return stores.changeLog().head();
    }
  }

  private static AuditEvent event() {
    return event("aud_move");
  }

  private static AuditEvent event(String id) {
    return new AuditEvent(
        id,
        NOW,
        id.equals("aud_move") ? "store.move" : "store.restore",
        AuditEvent.Outcome.DONE,
        new Actor(Actor.Kind.SYSTEM, "local"),
        "local",
        "req_" + id,
        AuditEvent.Subject.NONE,
        null);
  }
}
