package dev.keyway.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.contract.Together;
import dev.keyway.core.tenancy.Account;
import dev.keyway.core.tenancy.Workspace;
import dev.keyway.core.verify.DenialReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link ApiKeyStore} does when keys are revoked or expire earlier. */
public abstract class ApiKeyRevocationContract extends StoreContract {

  @Test
  void revocationOf_revokedKey_isTheChangeThatDidIt() {
    Account account = world.account("memo");
    ApiKey key = world.key(account).add();
    assertThat(stores.apiKeys().revocationOf(key.id())).isEmpty();

    Change change =
        stores
            .apiKeys()
            .revoke(key.id(), world.tick(), Precondition.NONE, world.event())
            .orElseThrow();

    assertThat(stores.apiKeys().revocationOf(key.id())).contains(change);
    stores.changeLog().markEffective(change.place(), world.now());
    assertThat(stores.apiKeys().revocationOf(key.id()).orElseThrow().effectiveAt())
        .isEqualTo(world.now());
    assertThat(stores.apiKeys().revocationOf(new ApiKeyId("0".repeat(12)))).isEmpty();
  }

  @Test
  @DisplayName("obligations 1, 3 and 5: a revoke is one change, one audit row, seen at once")
  void revoke_activeKey_isSeenByTheNextRead() {
    ApiKey key = world.key(world.account("meko")).add();
    Instant at = world.tick();
    AuditEvent event = world.event();

    Change change = revoke(key, at, event);

    assertCommitted(change, event, 1);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.committedAt()).isEqualTo(at);
    assertThat(change.effectiveAt()).isNull();
    assertThat(change.keysAffected()).isEqualTo(1);
    assertThat(change.entities()).containsExactly(entity(key));
    assertThat(stored(key).revokedAt()).isEqualTo(at);
    assertThat(stored(key).version()).isEqualTo(2);
    assertThat(denial(key)).isEqualTo(DenialReason.REVOKED);
    assertThat(verifiable(key).asOf()).isEqualTo(1);
  }

  @Test
  @DisplayName("obligation 2: a revoke does not touch the key whose id differs in case only")
  void revoke_idInAnotherCase_leavesTheOtherActive() {
    Account account = world.account("meko");
    ApiKey lower = world.key(account).id("abcdefghijkl").add();
    ApiKey upper = world.key(account).id("ABCDEFGHIJKL").add();

    revoke(lower, world.tick(), world.event());

    assertThat(status(lower)).isEqualTo(KeyStatus.REVOKED);
    assertThat(status(upper)).isEqualTo(KeyStatus.ACTIVE);
  }

  @Test
  void revoke_again_returnsTheChangeThatDidItAndWritesNothing() {
    ApiKey key = world.key(world.account("meko")).add();
    Instant at = world.tick();
    Change first = revoke(key, at, world.event());
    revoke(world.key(world.account("meko")).add(), world.tick(), world.event());
    AuditEvent repeated = world.event();

    Change second = revoke(key, world.tick(), repeated);

    assertThat(second).isEqualTo(first);
    assertThat(stored(key).revokedAt()).isEqualTo(at);
    assertThat(stored(key).version()).isEqualTo(2);
    assertUnwritten(repeated, 2);
  }

  @Test
  void revoke_againOnceEffective_saysSinceWhen() {
    ApiKey key = world.key(world.account("meko")).add();
    Change first = revoke(key, world.tick(), world.event());
    Instant effectiveAt = world.tick();
    stores.changeLog().markEffective(first.place(), effectiveAt);

    Change second = revoke(key, world.tick(), world.event());

    assertThat(second.seq()).isEqualTo(first.seq());
    assertThat(second.effectiveAt()).isEqualTo(effectiveAt);
  }

  @Test
  void revoke_concurrently_isOneChange() {
    ApiKey key = world.key(world.account("meko")).add();
    Instant at = world.tick();
    List<AuditEvent> events = Stream.generate(world::event).limit(8).toList();

    List<Change> changes = Together.run(8, i -> revoke(key, at, events.get(i)));

    assertThat(Set.copyOf(changes)).hasSize(1);
    assertThat(stores.changeLog().head()).isEqualTo(1);
    assertThat(events.stream().filter(this::isRecorded)).hasSize(1);
  }

  @Test
  @DisplayName("obligation 1: a failed precondition leaves key, sequence and trail as they were")
  void revoke_anotherVersion_changesNothing() {
    ApiKey key = world.key(world.account("meko")).add();
    AuditEvent event = world.event();

    assertThatThrownBy(() -> stores.apiKeys().revoke(key.id(), world.tick(), STALE, event))
        .isInstanceOf(RefusedException.PreconditionFailed.class);

    assertThat(stored(key)).usingRecursiveComparison().isEqualTo(key);
    assertUnwritten(event, 0);
  }

  @Test
  @DisplayName("obligation 1: revoking what does not exist leaves no audit row")
  void revoke_unknownKey_writesNothing() {
    var unknown = new ApiKeyId("000000000000");
    AuditEvent event = world.event();

    assertThat(stores.apiKeys().revoke(unknown, world.now(), Precondition.NONE, event)).isEmpty();

    assertUnwritten(event, 0);
  }

  @Test
  @DisplayName("obligation 4: a revoked key stays revoked, whatever is done to it")
  void revoked_describedOrExpired_staysRevoked() {
    ApiKey key = world.key(world.account("memo")).add();
    Instant at = world.tick();
    revoke(key, at, world.event());

    stores.apiKeys().describe(key.id(), "new", null, Precondition.NONE, world.event());
    assertThat(status(key)).isEqualTo(KeyStatus.REVOKED);
    stores.accounts().delete(key.createdBy(), world.tick(), Precondition.NONE, world.event());

    assertThat(status(key)).isEqualTo(KeyStatus.REVOKED);
    assertThat(stored(key).revokedAt()).isEqualTo(at);
  }

  @Test
  @DisplayName("obligation 3: concurrent changes are numbered without gap or repetition")
  void revoke_manyConcurrently_numbersWithoutGap() {
    Account account = world.account("meko");
    List<ApiKey> keys = Stream.generate(() -> world.key(account).add()).limit(12).toList();
    List<AuditEvent> events = Stream.generate(world::event).limit(12).toList();
    Instant at = world.tick();

    List<Change> changes = Together.run(12, i -> revoke(keys.get(i), at, events.get(i)));

    assertThat(changes.stream().map(Change::seq))
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 12).boxed().toList());
    assertThat(stores.changeLog().head()).isEqualTo(12);
    assertThat(changes).allMatch(c -> stores.changeLog().find(c.seq()).equals(Optional.of(c)));
  }

  @Test
  @DisplayName("obligations 1, 3 and 5: an earlier expiry is one change with name and description")
  void expireEarlier_movesExpiryAndDescribes() {
    Account account = world.account("memo");
    Instant later = world.now().plus(Duration.ofDays(90));
    ApiKey key = world.key(account).name("old").expiresAt(later).add();
    Instant earlier = world.now().plus(Duration.ofDays(1));
    AuditEvent event = world.event();

    Change change =
        stores
            .apiKeys()
            .expireEarlier(key.id(), "new", "why", earlier, new Precondition(1L), event)
            .orElseThrow();

    assertCommitted(change, event, 1);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.keysAffected()).isEqualTo(1);
    assertThat(change.entities()).containsExactly(entity(key));
    assertThat(stored(key).expiresAt()).isEqualTo(earlier);
    assertThat(stored(key).name()).isEqualTo("new");
    assertThat(stored(key).description()).isEqualTo("why");
    assertThat(stored(key).version()).isEqualTo(2);
    assertThat(verifiable(key).expiresAtMillis()).isEqualTo(earlier.toEpochMilli());
  }

  @Test
  @DisplayName("ALL-3 an earlier expiry that holds already is no matter of the key's version")
  void expireEarlier_again_needsNoVersion() {
    ApiKey key = world.key(world.account("memo")).name("old").add();
    Instant earlier = world.now().plus(Duration.ofDays(1));
    ApiKeyStore keys = stores.apiKeys();
    var first = new Precondition(1L);
    keys.expireEarlier(key.id(), "new", null, earlier, first, world.event());

    assertThat(keys.expireEarlier(key.id(), "new", null, earlier, first, world.event()))
        .isPresent();
    assertThatThrownBy(
            () -> keys.expireEarlier(key.id(), "newer", null, earlier, first, world.event()))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
    assertThatThrownBy(() ->
            keys.expireEarlier(key.id(), "new", null, earlier.minusMillis(1), first, world.event()))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
  }

  @Test
  @DisplayName("obligation 1: an expiry that is not moved leaves no audit row")
  void expireEarlier_refused_writesNothing() {
    ApiKey key = world.key(world.account("memo")).add();
    Instant earlier = world.tick();
    AuditEvent event = world.event();
    var unknown = new ApiKeyId("000000000000");

    assertThatThrownBy(
            () -> stores.apiKeys().expireEarlier(key.id(), "new", null, earlier, STALE, event))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
    assertThat(
            stores.apiKeys().expireEarlier(unknown, null, null, earlier, Precondition.NONE, event))
        .isEmpty();

    assertThat(stored(key)).usingRecursiveComparison().isEqualTo(key);
    assertUnwritten(event, 0);
  }

  @Test
  @DisplayName("obligation 3: a bulk revoke is one change, however many keys it takes")
  void revokeAll_ofWorkspace_isOneChange() {
    Account owner = world.account("memo");
    Workspace workspace = world.workspace(owner);
    ApiKey one = world.key(owner).in(workspace).add();
    ApiKey two = world.key(owner).in(workspace).add();
    ApiKey ended = world.key(owner).in(workspace).add();
    ApiKey elsewhere = world.key(owner).in(world.workspace(owner)).add();
    Instant endedAt = world.tick();
    revoke(ended, endedAt, world.event());
    var selection = new ApiKeyStore.Selection("memo", workspace.id(), null, null);
    AuditEvent event = world.event();

    Change change = stores.apiKeys().revokeAll(selection, world.tick(), event);

    assertCommitted(change, event, 2);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.keysAffected()).isEqualTo(2);
    assertThat(change.entities())
        .containsExactlyInAnyOrder(entity(one), entity(two), entity(ended));
    assertThat(Stream.of(one, two, ended).map(this::status)).containsOnly(KeyStatus.REVOKED);
    assertThat(stored(ended).revokedAt()).isEqualTo(endedAt);
    assertThat(status(elsewhere)).isEqualTo(KeyStatus.ACTIVE);
  }

  @Test
  void revokeAll_severalParts_takesWhatMeetsAllOfThem() {
    Account owner = world.account("memo");
    Account member = world.account("memo");
    Workspace workspace = world.workspace(owner);
    ApiKey maker = world.key(owner).in(workspace).add();
    ApiKey made = world.key(owner).in(workspace).createdByKey(maker).add();
    ApiKey byMember = world.key(member).in(workspace).add();
    ApiKey ownAccount = world.key(owner).add();

    revokeAll(new ApiKeyStore.Selection("memo", null, null, maker.id()));
    assertThat(status(made)).isEqualTo(KeyStatus.REVOKED);
    assertThat(status(maker)).isEqualTo(KeyStatus.ACTIVE);

    revokeAll(new ApiKeyStore.Selection("memo", workspace.id(), owner.id(), null));
    assertThat(status(maker)).isEqualTo(KeyStatus.REVOKED);
    assertThat(status(byMember)).isEqualTo(KeyStatus.ACTIVE);
    assertThat(status(ownAccount)).isEqualTo(KeyStatus.ACTIVE);

    revokeAll(new ApiKeyStore.Selection("meko", null, null, null));
    assertThat(status(byMember)).isEqualTo(KeyStatus.ACTIVE);
  }

  @Test
  void revokeAll_ofNothing_isAChangeThatAffectsNoKey() {
    AuditEvent event = world.event();

    Change change =
        stores
            .apiKeys()
            .revokeAll(new ApiKeyStore.Selection("memo", null, null, null), world.tick(), event);

    assertCommitted(change, event, 1);
    assertThat(change.keysAffected()).isZero();
  }

  @Test
  void revoke_afterBulkRevoke_returnsTheBulkChange() {
    ApiKey key = world.key(world.account("meko")).add();
    Change bulk = revokeAll(new ApiKeyStore.Selection("meko", null, null, null));

    assertThat(revoke(key, world.tick(), world.event())).isEqualTo(bulk);
  }

  @Test
  @DisplayName("MEKO-8 a bulk revoke of very many keys still names something each depends on")
  void revokeAll_ofMoreThanAThousand_concernsEachOfThem() {
    Account account = world.account("meko");
    List<ApiKey> keys = Stream.generate(() -> world.key(account).add()).limit(1_001).toList();

    Change change = revokeAll(new ApiKeyStore.Selection("meko", null, account.id(), null));

    assertThat(change.keysAffected()).isEqualTo(1_001);
    assertThat(change.entities()).isNotEmpty();
    for (ApiKey key : keys) {
      assertThat(change.entities()).anyMatch(verifiable(key)::dependsOn);
      assertThat(status(key)).isEqualTo(KeyStatus.REVOKED);
    }
  }

  private Change revoke(ApiKey key, Instant at, AuditEvent event) {
    return stores.apiKeys().revoke(key.id(), at, Precondition.NONE, event).orElseThrow();
  }

  private Change revokeAll(ApiKeyStore.Selection selection) {
    return stores.apiKeys().revokeAll(selection, world.tick(), world.event());
  }

  private static Entity entity(ApiKey key) {
    return new Entity(Entity.Kind.KEY, key.id().toString());
  }
}
