package dev.keyway.core.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException.PreconditionFailed;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import dev.keyway.core.contract.StoreContract;
import dev.keyway.core.contract.Together;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link WorkspaceStore} does with members. */
public abstract class MembershipContract extends StoreContract {
  private Account owner;
  private Account member;
  private Workspace workspace;

  @BeforeEach
  final void prepare() {
    owner = world.account("memo");
    member = world.account("memo");
    workspace = world.workspace(owner);
  }

  @Test
  void members_ownersComeFirst_thenByTheTimeTheyJoined() {
    Account second = world.account("memo");
    Account lateOwner = world.account("memo");
    world.join(workspace, second, Role.MEMBER);
    world.join(workspace, member, Role.MEMBER);
    world.join(workspace, lateOwner, Role.OWNER);

    assertThat(stores.workspaces().members(workspace.id()))
        .extracting(Member::membership)
        .containsExactly(
            membership(owner, Role.OWNER),
            membership(lateOwner, Role.OWNER),
            membership(second, Role.MEMBER),
            membership(member, Role.MEMBER));
  }

  @Test
  void members_tellNameEmailAndSinceWhen() {
    Instant joined = world.tick();
    stores
        .workspaces()
        .putMember(membership(member, Role.MEMBER), joined, Precondition.NONE, world.event());
    world.join(workspace, member, Role.OWNER);

    assertThat(stores.workspaces().members(workspace.id()))
        .containsExactly(
            new Member(
                membership(owner, Role.OWNER), owner.name(), owner.email(), workspace.createdAt()),
            new Member(membership(member, Role.OWNER), member.name(), member.email(), joined));
  }

  @Test
  void members_whoCameBack_areMembersSinceThen() {
    world.join(workspace, member, Role.MEMBER);
    remove(member, world.tick(), world.event());
    world.join(workspace, member, Role.MEMBER);

    assertThat(stores.workspaces().members(workspace.id()).getLast().joinedAt())
        .isEqualTo(world.now());
  }

  @Test
  void memberships_areThoseOfTheAccount() {
    Workspace another = world.workspace(member);
    world.join(workspace, member, Role.MEMBER);

    assertThat(stores.workspaces().memberships(member.id()))
        .containsExactlyInAnyOrder(
            membership(member, Role.MEMBER), new Membership(another.id(), member.id(), Role.OWNER));
    assertThat(stores.workspaces().role(another.id(), owner.id())).isEmpty();
  }

  @Test
  void putMember_ofAMember_changesTheRole() {
    world.join(workspace, member, Role.MEMBER);
    AuditEvent event = world.event();

    assertThat(put(member, Role.OWNER, event)).isTrue();
    assertThat(stores.workspaces().role(workspace.id(), member.id())).contains(Role.OWNER);
    assertThat(isRecorded(event)).isTrue();
    assertThat(put(owner, Role.MEMBER, world.event())).isTrue();
    assertThat(stores.workspaces().role(workspace.id(), owner.id())).contains(Role.MEMBER);
  }

  @Test
  @DisplayName("obligation 1: the last owner stays one, and the attempt leaves no audit row")
  void putMember_demotingTheLastOwner_writesNothing() {
    AuditEvent event = world.event();

    assertThat(put(owner, Role.MEMBER, event)).isFalse();

    assertThat(stores.workspaces().role(workspace.id(), owner.id())).contains(Role.OWNER);
    assertUnwritten(event, 0);
  }

  @Test
  void putMember_lastOwnerAsOwner_succeeds() {
    assertThat(put(owner, Role.OWNER, world.event())).isTrue();
  }

  @Test
  @DisplayName("MEMO-8 removal deactivates that member's keys of that workspace, and no others")
  void removeMember_deactivatesTheirKeysOfThisWorkspaceOnly() {
    Workspace another = world.workspace(member);
    world.join(workspace, member, Role.MEMBER);
    ApiKey first = world.key(member).in(workspace).add();
    ApiKey second = world.key(member).in(workspace).add();
    ApiKey revoked = world.key(member).in(workspace).add();
    ApiKey ofOwner = world.key(owner).in(workspace).add();
    ApiKey elsewhere = world.key(member).in(another).add();
    ApiKey own = world.key(member).add();
    stores.apiKeys().revoke(revoked.id(), world.tick(), Precondition.NONE, world.event());
    Instant at = world.tick();
    AuditEvent event = world.event();

    Change change = Objects.requireNonNull(remove(member, at, event));

    assertCommitted(change, event, 2);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.keysAffected()).isEqualTo(2);
    assertThat(change.entities()).contains(entity(first), entity(second));
    for (ApiKey key : List.of(first, second)) {
      assertThat(stored(key).deactivatedAt()).isEqualTo(at);
      assertThat(stored(key).version()).isEqualTo(2);
      assertThat(status(key)).isEqualTo(KeyStatus.DEACTIVATED);
    }
    assertThat(status(revoked)).isEqualTo(KeyStatus.REVOKED);
    for (ApiKey key : List.of(ofOwner, elsewhere, own)) {
      assertThat(status(key)).isEqualTo(KeyStatus.ACTIVE);
      assertThat(change.entities()).noneMatch(verifiable(key)::dependsOn);
    }
    assertThat(stores.workspaces().role(workspace.id(), member.id())).isEmpty();
  }

  @Test
  @DisplayName("MEMO-8 keys on the workspace's resources go with their maker's membership")
  void removeMember_deactivatesTheirKeysOnTheWorkspacesResources() {
    world.join(workspace, member, Role.MEMBER);
    ApiKey key = world.key(member).on(world.resource(workspace)).add();

    remove(member, world.tick(), world.event());

    assertThat(status(key)).isEqualTo(KeyStatus.DEACTIVATED);
  }

  @Test
  @DisplayName("obligation 4: a member who returns does not get the old keys back")
  void putMember_ofOneWhoWasRemoved_leavesTheirKeysDeactivated() {
    world.join(workspace, member, Role.MEMBER);
    ApiKey key = world.key(member).in(workspace).add();
    remove(member, world.tick(), world.event());

    world.join(workspace, member, Role.MEMBER);

    assertThat(status(key)).isEqualTo(KeyStatus.DEACTIVATED);
  }

  @Test
  @DisplayName("MEKO-5 a deactivated key frees its place")
  void removeMember_freesThePlacesOfTheirKeys() {
    world.join(workspace, member, Role.MEMBER);
    stores.apiKeys().create(world.key(member).in(workspace).draft(), 1, world.event());
    ApiKey next = world.key(owner).in(workspace).draft();
    assertThat(stores.apiKeys().create(next, 1, world.event())).isFalse();

    remove(member, world.tick(), world.event());

    assertThat(stores.apiKeys().create(next, 1, world.event())).isTrue();
  }

  @Test
  @DisplayName("a removal repeated names every key once more, so that it can be confirmed again")
  void removeMember_again_namesTheKeysThatHaveEnded() {
    world.join(workspace, member, Role.MEMBER);
    ApiKey key = world.key(member).in(workspace).add();
    remove(member, world.tick(), world.event());

    Change again = Objects.requireNonNull(remove(member, world.tick(), world.event()));

    assertThat(again.entities()).containsExactly(entity(key));
    assertThat(again.keysAffected()).isZero();
  }

  @Test
  void removeMember_whoIsNone_isAChangeThatAffectsNoKey() {
    AuditEvent event = world.event();

    Change change = Objects.requireNonNull(remove(member, world.tick(), event));

    assertCommitted(change, event, 1);
    assertThat(change.keysAffected()).isZero();
  }

  @Test
  @DisplayName("obligation 1: the last owner is not removed, and the attempt leaves no audit row")
  void removeMember_theLastOwner_writesNothing() {
    world.join(workspace, member, Role.MEMBER);
    ApiKey key = world.key(owner).in(workspace).add();
    AuditEvent event = world.event();

    assertThat(remove(owner, world.tick(), event)).isNull();

    assertThat(status(key)).isEqualTo(KeyStatus.ACTIVE);
    assertThat(stores.workspaces().role(workspace.id(), owner.id())).contains(Role.OWNER);
    assertUnwritten(event, 0);
  }

  @Test
  void removeMember_twoOwnersAtOnce_leavesOne() {
    world.join(workspace, member, Role.OWNER);
    List<Account> owners = List.of(owner, member);
    List<AuditEvent> events = List.of(world.event(), world.event());
    Instant at = world.tick();

    List<Boolean> removed = Together.run(2, i -> remove(owners.get(i), at, events.get(i)) != null);

    assertThat(removed).containsExactlyInAnyOrder(true, false);
    assertThat(stores.workspaces().members(workspace.id())).hasSize(1);
    assertThat(stores.changeLog().head()).isEqualTo(1);
  }

  @Test
  void putAndRemoveMember_ofAnotherVersionOfTheWorkspace_writeNothing() {
    put(member, Role.MEMBER, world.event());
    AuditEvent event = world.event();
    Membership wanted = membership(member, Role.OWNER);

    assertThatThrownBy(() -> stores.workspaces().putMember(wanted, world.tick(), STALE, event))
        .isInstanceOf(PreconditionFailed.class);
    assertThatThrownBy(() ->
            stores
                .workspaces()
                .removeMember(workspace.id(), member.id(), world.tick(), STALE, event))
        .isInstanceOf(PreconditionFailed.class);

    assertThat(stores.workspaces().role(workspace.id(), member.id())).contains(Role.MEMBER);
    assertUnwritten(event, 0);
    var current = new Precondition(workspace.version());
    assertThat(stores.workspaces().putMember(wanted, world.tick(), current, event)).isTrue();
  }

  private boolean put(Account account, Role role, AuditEvent event) {
    return stores
        .workspaces()
        .putMember(membership(account, role), world.tick(), Precondition.NONE, event);
  }

  private @Nullable Change remove(Account account, Instant at, AuditEvent event) {
    return stores
        .workspaces()
        .removeMember(workspace.id(), account.id(), at, Precondition.NONE, event)
        .change();
  }

  private Membership membership(Account account, Role role) {
    return new Membership(workspace.id(), account.id(), role);
  }

  private static Entity entity(ApiKey key) {
    return new Entity(Entity.Kind.KEY, key.id().toString());
  }
}
