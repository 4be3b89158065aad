package dev.keyway.core.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyway.core.PageRequest;
import dev.keyway.core.Precondition;
import dev.keyway.core.RefusedException;
import dev.keyway.core.apikey.ApiKey;
import dev.keyway.core.apikey.KeyStatus;
import dev.keyway.core.audit.AuditEvent;
import dev.keyway.core.change.Change;
import dev.keyway.core.change.Entity;
import dev.keyway.core.contract.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link WorkspaceStore} does with workspaces and their plans. */
public abstract class WorkspaceStoreContract extends StoreContract {

  @Test
  void create_thenFind_givesBackEveryPartAndTheOwner() {
    Account owner = world.account("memo");
    var id = new WorkspaceId("ws_0000000000000abc");
    var workspace = new Workspace(id, "memo", "Caf\u00E9 \uD83E\uDD16", null, world.tick(), 1);
    AuditEvent event = world.event();

    stores.workspaces().create(workspace, owner.id(), event);

    assertThat(stores.workspaces().find(id)).contains(workspace);
    assertThat(stores.workspaces().find(new WorkspaceId("ws_0000000000000ABC"))).isEmpty();
    assertThat(stores.workspaces().role(id, owner.id())).contains(Role.OWNER);
    assertThat(isRecorded(event)).isTrue();
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  void list_isNewestFirst_andNarrowsByProductAndMember() {
    Account memo = world.account("memo");
    Account other = world.account("memo");
    Account meko = world.account("meko");
    Workspace one = world.workspace(memo);
    Workspace two = world.workspace(meko);
    Workspace three = world.workspace(other);
    world.join(three, memo, Role.MEMBER);

    for (int limit = 1; limit <= 4; limit++) {
      assertThat(list(Set.of(), null, limit)).containsExactly(three, two, one);
    }
    assertThat(list(Set.of("memo"), null, 9)).containsExactly(three, one);
    assertThat(list(Set.of(), memo.id(), 1)).containsExactly(three, one);
    assertThat(list(Set.of(), other.id(), 9)).containsExactly(three);
    assertThat(list(Set.of("memo"), meko.id(), 9)).isEmpty();
  }

  @Test
  void rename_isNoChangeOfRights() {
    Workspace workspace = world.workspace(world.account("memo"));
    AuditEvent event = world.event();

    Workspace renamed =
        stores
            .workspaces()
            .rename(workspace.id(), "New", new Precondition(1L), event)
            .orElseThrow();

    assertThat(renamed.name()).isEqualTo("New");
    assertThat(renamed.plan()).isEqualTo("pro");
    assertThat(renamed.version()).isEqualTo(2);
    assertThat(stores.workspaces().find(workspace.id())).contains(renamed);
    assertThat(isRecorded(event)).isTrue();
    assertThat(stores.changeLog().head()).isZero();
  }

  @Test
  @DisplayName("obligation 1: calls that are refused leave no audit row and no change")
  void anyCall_refused_writesNothing() {
    Workspace workspace = world.workspace(world.account("memo"));
    var unknown = new WorkspaceId("ws_none");
    Instant at = world.tick();
    AuditEvent event = world.event();
    var down = Change.Direction.NARROWS;
    WorkspaceStore store = stores.workspaces();

    assertThat(store.rename(unknown, "x", Precondition.NONE, event)).isEmpty();
    assertThat(store.changePlan(unknown, "free", null, down, at, Precondition.NONE, event))
        .isEmpty();
    assertThat(store.delete(unknown, at, Precondition.NONE, event)).isEmpty();
    assertThatThrownBy(() -> store.rename(workspace.id(), "x", STALE, event))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
    assertThatThrownBy(() -> store.changePlan(workspace.id(), "free", null, down, at, STALE, event))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
    assertThatThrownBy(() -> store.delete(workspace.id(), at, STALE, event))
        .isInstanceOf(RefusedException.PreconditionFailed.class);

    assertThat(store.find(workspace.id())).contains(workspace);
    assertUnwritten(event, 0);
  }

  @Test
  @DisplayName("MEMO-8 obligations 1, 3 and 5: a plan change is one change over the workspace")
  void changePlan_isSeenByTheNextRead() {
    Account owner = world.account("memo");
    Workspace workspace = world.workspace(owner);
    ApiKey key = world.key(owner).in(workspace).add();
    ApiKey ended = world.key(owner).in(workspace).add();
    stores.apiKeys().revoke(ended.id(), world.tick(), Precondition.NONE, world.event());
    AuditEvent event = world.event();

    Change change = changePlan(workspace, "free", null, Change.Direction.NARROWS, event);

    assertCommitted(change, event, 2);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.entities()).containsExactly(entity(workspace));
    assertThat(change.keysAffected()).isEqualTo(1);
    assertThat(verifiable(key).plan()).isEqualTo("free");
    assertThat(status(key)).isEqualTo(KeyStatus.ACTIVE);
    Workspace now = stores.workspaces().find(workspace.id()).orElseThrow();
    assertThat(now.plan()).isEqualTo("free");
    assertThat(now.name()).isEqualTo(workspace.name());
    assertThat(now.version()).isEqualTo(2);
  }

  @Test
  @DisplayName("ALL-3 a plan that holds already is no matter of the workspace's version")
  void changePlan_again_needsNoVersion() {
    WorkspaceId id = world.workspace(world.account("memo")).id();
    Instant at = world.tick();
    var down = Change.Direction.NARROWS;
    var first = new Precondition(1L);
    WorkspaceStore store = stores.workspaces();
    store.changePlan(id, "free", null, down, at, first, world.event());

    assertThat(store.changePlan(id, "free", null, down, at, first, world.event())).isPresent();
    assertThatThrownBy(() -> store.changePlan(id, "pro", null, down, at, first, world.event()))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
    assertThatThrownBy(() -> store.changePlan(id, "free", "x", down, at, first, world.event()))
        .isInstanceOf(RefusedException.PreconditionFailed.class);
  }

  @Test
  void changePlan_withName_changesBothInOneVersion() {
    Workspace workspace = world.workspace(world.account("memo"));

    Change change = changePlan(workspace, "expert", "New", Change.Direction.WIDENS, world.event());

    assertThat(change.direction()).isEqualTo(Change.Direction.WIDENS);
    assertThat(stores.workspaces().find(workspace.id()))
        .contains(new Workspace(workspace.id(), "memo", "New", "expert", workspace.createdAt(), 2));
  }

  @Test
  @DisplayName("a deleted workspace is found by no call; its keys are deactivated for good")
  void delete_deactivatesKeysAndEndsMemberships() {
    Account owner = world.account("memo");
    Account member = world.account("memo");
    Workspace workspace = world.workspace(owner);
    Workspace other = world.workspace(owner);
    world.join(workspace, member, Role.MEMBER);
    Resource resource = world.resource(workspace);
    ApiKey inWorkspace = world.key(member).in(workspace).add();
    ApiKey onResource = world.key(owner).on(resource).add();
    ApiKey elsewhere = world.key(owner).in(other).add();
    Instant at = world.tick();
    AuditEvent event = world.event();

    Change change =
        stores.workspaces().delete(workspace.id(), at, Precondition.NONE, event).orElseThrow();

    assertCommitted(change, event, 1);
    assertThat(change.direction()).isEqualTo(Change.Direction.NARROWS);
    assertThat(change.entities()).contains(entity(workspace));
    assertThat(change.keysAffected()).isEqualTo(2);
    for (ApiKey key : List.of(inWorkspace, onResource)) {
      assertThat(stored(key).deactivatedAt()).isEqualTo(at);
      assertThat(status(key)).isEqualTo(KeyStatus.DEACTIVATED);
      assertThat(change.entities()).anyMatch(verifiable(key)::dependsOn);
    }
    assertThat(status(elsewhere)).isEqualTo(KeyStatus.ACTIVE);
    assertThat(stores.workspaces().find(workspace.id())).isEmpty();
    assertThat(list(Set.of(), null, 9)).containsExactly(other);
    assertThat(stores.workspaces().members(workspace.id())).isEmpty();
    assertThat(stores.workspaces().role(workspace.id(), owner.id())).isEmpty();
    assertThat(stores.workspaces().memberships(member.id())).isEmpty();
    assertThat(stores.resources().find(resource.id())).isEmpty();
  }

  @Test
  @DisplayName("a deletion repeated answers the change that deleted, and writes nothing")
  void delete_again_isTheEarlierChange() {
    Workspace workspace = world.workspace(world.account("memo"));
    world.resource(workspace);
    assertThat(stores.workspaces().deletionOf(workspace.id())).isEmpty();
    Change first =
        stores
            .workspaces()
            .delete(workspace.id(), world.tick(), Precondition.NONE, world.event())
            .orElseThrow();
    AuditEvent event = world.event();

    assertThat(stores.workspaces().delete(workspace.id(), world.now(), Precondition.NONE, event))
        .contains(first);
    assertThat(stores.workspaces().deletionOf(workspace.id()))
        .contains(new Deletion("memo", first));
    WorkspaceId none = new WorkspaceId("ws_none");
    assertThat(stores.workspaces().delete(none, world.now(), Precondition.NONE, event)).isEmpty();
    assertThat(stores.workspaces().rename(workspace.id(), "New", Precondition.NONE, event))
        .isEqualTo(Optional.empty());

    assertUnwritten(event, 1);
  }

  private Change changePlan(
      Workspace workspace,
      String plan,
      @Nullable String name,
      Change.Direction direction,
      AuditEvent event) {
    return stores
        .workspaces()
        .changePlan(workspace.id(), plan, name, direction, world.tick(), Precondition.NONE, event)
        .orElseThrow();
  }

  private List<Workspace> list(Set<String> products, @Nullable AccountId member, int limit) {
    return pages((PageRequest page) -> stores.workspaces().list(products, member, page), limit);
  }

  private static Entity entity(Workspace workspace) {
    return new Entity(Entity.Kind.WORKSPACE, workspace.id().text());
  }
}
