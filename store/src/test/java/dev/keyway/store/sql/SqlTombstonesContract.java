package dev.keyway.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.core.Precondition;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.ApiKeyStore.Selection;
import dev.keyway.core.apikey.KeyDigest;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Place;
import dev.keyway.core.contract.World;
import dev.keyway.core.history.End;
import dev.keyway.core.history.Tombstone;
import dev.keyway.core.history.Tombstones.Replayed;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.operator.Right;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.AccountStore;
import dev.keyway.core.tenancy.Resource;
import dev.keyway.core.tenancy.Role;
import dev.keyway.core.tenancy.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is taken from one store is taken from its older copy, whatever it is. */
abstract class SqlTombstonesContract extends SqlContract {

  /** The same things in two stores: worlds give the same names in the same order. */
  private record Scene(
      World world,
      SqlStores stores,
      ApiKey revoked,
      ApiKey bulk,
      ApiKey expiring,
      Account suspended,
      Account deleted,
      Account leaver,
      Workspace crew,
      Workspace gone,
      Resource resource,
      OperatorKeyId operator,
      List<ApiKey> keys) {

    static Scene of(World world, SqlStores stores) {
      Account owner = world.account("memo");
      Account suspended = world.account("memo");
      Account deleted = world.account("memo");
      Account leaver = world.account("memo");
      Account bulk = world.account("memo");
      Workspace crew = world.workspace(owner);
      Workspace gone = world.workspace(owner);
      world.join(crew, leaver, Role.MEMBER);
      Resource resource = world.resource(owner);
      var operator = new OperatorKeyId("opk_ofATest");
      var digest = new KeyDigest(1, new byte[32]);
      stores
          .operatorKeys()
          .create(
              new OperatorKey(
                  operator, "ops", Set.of(Right.values()), Set.of(), digest, world.tick(), null),
              world.event());
      ApiKey revoked = world.key(owner).add();
      ApiKey ofBulk = world.key(bulk).add();
      ApiKey expiring = world.key(owner).add();
      List<ApiKey> keys =
          List.of(
              revoked,
              ofBulk,
              expiring,
              world.key(suspended).add(),
              world.key(deleted).add(),
              world.key(leaver).in(crew).add(),
              world.key(owner).in(gone).add(),
              world.key(owner).on(resource).add(),
              world.key(owner).add());
      return new Scene(
          world, stores, revoked, ofBulk, expiring, suspended, deleted, leaver, crew, gone,
          resource, operator, keys);
    }

    /** One change of each kind. */
    void take() {
      Instant at = world.tick();
      var free = Precondition.NONE;
      var _ = stores.apiKeys().revoke(revoked.id(), at, free, world.event());
      var selection = new Selection("memo", null, bulk.createdBy(), null);
      var _ = stores.apiKeys().revokeAll(selection, world.tick(), world.event());
      Instant soon = world.tick().plusSeconds(60);
      var _ = stores.apiKeys().expireEarlier(expiring.id(), null, null, soon, free, world.event());
      var patch = new AccountStore.Patch(null, null, Account.Status.SUSPENDED);
      var _ = stores.accounts().update(suspended.id(), patch, world.tick(), free, world.event());
      var _ = stores.accounts().delete(deleted.id(), world.tick(), free, world.event());
      var workspaces = stores.workspaces();
      var _ = workspaces.removeMember(crew.id(), leaver.id(), world.tick(), free, world.event());
      var _ =
          workspaces.changePlan(
              crew.id(), "less", null, Change.Direction.NARROWS, world.tick(), free, world.event());
      var _ = workspaces.delete(gone.id(), world.tick(), free, world.event());
      var _ = stores.resources().delete(resource.id(), world.tick(), world.event());
      var _ = stores.operatorKeys().revoke(operator, world.tick(), world.event());
    }

    List<Object> state() {
      var state = new ArrayList<Object>();
      for (ApiKey key : keys) {
        ApiKey now = stores.apiKeys().find(key.id()).orElseThrow().key();
        state.add(now.revokedAt() != null);
        state.add(now.deactivatedAt() != null);
        state.add(String.valueOf(now.expiresAt()));
      }
      state.add(stores.accounts().find(suspended.id()).orElseThrow().status());
      state.add(stores.accounts().find(deleted.id()).isPresent());
      state.add(stores.workspaces().role(crew.id(), leaver.id()).isPresent());
      state.add(String.valueOf(stores.workspaces().find(crew.id()).orElseThrow().plan()));
      state.add(stores.workspaces().find(gone.id()).isPresent());
      state.add(stores.resources().find(resource.id()).isPresent());
      state.add(stores.operatorKeys().find(operator).orElseThrow().revokedAt() != null);
      return state;
    }
  }

  @Test
  void replay_intoAnOlderCopy_takesTheSameAndNothingTwice() {
    Scene scene = Scene.of(world, stores);
    long before = stores.changeLog().head();
    scene.take();
    List<Tombstone> kept = tombstones(stores).of(stores.changeLog().from(before + 1, 100));
    assertThat(kept)
        .flatExtracting(Tombstone::ends)
        .extracting(End::what)
        .contains(End.What.values());

    try (SqlStores copy = open()) {
      Scene older = Scene.of(new World(copy), copy);
      assertThat(older.state()).isNotEqualTo(scene.state());

      var first = replay(copy, kept);
      assertThat(first.made()).isPositive();
      assertThat(first.unknown()).isZero();
      assertThat(older.state()).isEqualTo(scene.state());
      assertThat(copy.rows("change")).isPositive();

      long changes = copy.rows("change");
      long trail = copy.rows("audit_event");
      assertThat(replay(copy, kept)).isEqualTo(new Replayed(0, 0));
      assertThat(copy.rows("change")).isEqualTo(changes);
      assertThat(copy.rows("audit_event")).isEqualTo(trail);
    }
  }

  @Test
  void replay_ofWhatAReplayHasTaken_takesIt() {
    Scene scene = Scene.of(world, stores);
    scene.take();
    List<Tombstone> kept = tombstones(stores).of(stores.changeLog().from(0, 100));

    try (SqlStores copy = open();
        SqlStores another = open()) {
      Scene.of(new World(copy), copy);
      Scene third = Scene.of(new World(another), another);
      var _ = replay(copy, kept);
      var _ = replay(another, tombstones(copy).of(copy.changeLog().from(0, 100)));

      assertThat(third.state()).isEqualTo(scene.state());
    }
  }

  @Test
  void replay_intoAStoreThatKnowsNothingOfIt_skipsAndCounts() {
    Scene scene = Scene.of(world, stores);
    scene.take();
    List<Tombstone> kept = tombstones(stores).of(stores.changeLog().from(0, 100));

    try (SqlStores empty = open()) {
      var replayed = replay(empty, kept);

      assertThat(replayed.made()).isZero();
      assertThat(replayed.unknown()).isPositive();
      assertThat(empty.changeLog().head()).isZero();
    }
  }

  @Test
  void known_isByNumberAndMark() {
    Scene.of(world, stores).take();
    Place place = stores.changeLog().find(1).orElseThrow().place();
    var other = new Place(1, place.mark() + 2);

    assertThat(tombstones(stores).known(List.of(place, other, new Place(77, 1))))
        .containsExactly(place);
  }

  @Test
  void recover_fromALostChange_goesOnFarAboveOnce() {
    Scene.of(world, stores).take();
    long head = stores.changeLog().head();
    var lost = new Place(head, 12);
    var numbers = new SqlLostHistory(stores.database(), world::tick, _ -> world.event());

    numbers.recover(stores.changeLog().find(head).orElseThrow().place());
    assertThat(stores.changeLog().head()).as("nothing is lost").isEqualTo(head);
    numbers.recover(lost);
    long raised = stores.changeLog().head();
    numbers.recover(lost);

    assertThat(raised).isGreaterThan(head + 999_999);
    assertThat(stores.changeLog().head()).isEqualTo(raised);
    assertThat(stores.changeLog().find(raised)).isPresent();
  }

  private SqlTombstones tombstones(SqlStores of) {
    return new SqlTombstones(of.database(), world::tick, _ -> world.event());
  }

  private Replayed replay(SqlStores into, List<Tombstone> kept) {
    return kept.stream().map(tombstones(into)::replay).reduce(new Replayed(0, 0), Replayed::and);
  }
}
